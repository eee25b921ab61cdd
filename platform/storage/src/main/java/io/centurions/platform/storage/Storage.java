package io.centurions.platform.storage;

import io.centurions.contracts.id.CompanyId;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps objects, each in its company's part. Every method may be repeated after it was cut off anywhere.
 *
 * <p>All methods but {@link #link} wait for a disk or a network: they belong on a virtual thread, never into
 * a transaction. They throw {@link StorageFull} when there is no room, {@link StorageUnavailable} when the
 * storage does not do what it is asked; in both cases no half object is left where one could be read.
 */
public interface Storage {

    /** Makes the company's part. */
    void open(CompanyId company);

    /**
     * Takes the company's part away when no object is in it.
     *
     * @return false when there is one: then nothing was done
     */
    boolean close(CompanyId company);

    /**
     * Keeps an object, in the place of the one that was there. On return it is durable; a reader sees the old
     * one or the new one, never a part. The company's part need not have been opened.
     *
     * @param content read to its end, not closed; what it throws is thrown on, and nothing is kept then
     */
    void put(ObjectRef object, InputStream content);

    /** What was put last; whoever asks closes it. */
    Optional<Content> read(ObjectRef object);

    /** Afterwards it is not there, whether it was or not. */
    void delete(ObjectRef object);

    /**
     * Objects of a company, ordered by the text of their ids.
     *
     * @param after the last of the page before; null: from the start
     */
    List<Found> list(CompanyId company, UUID after, int limit);

    /**
     * An address by which anybody who has it reads this object, and nothing else, until then. Relative to our
     * own public address where we serve objects ourselves and were not told that address.
     */
    URI link(ObjectRef object, Download as, Instant until);

    /** Removes what a put that was cut off before then has left, which no other method shows. */
    void forgetBrokenOff(Instant before);
}
