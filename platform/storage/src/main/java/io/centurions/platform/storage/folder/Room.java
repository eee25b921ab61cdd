package io.centurions.platform.storage.folder;

import io.centurions.platform.storage.StorageFull;
import java.io.IOException;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The room that is left in a file system, of which a part is kept for others.
 *
 * @param free     bytes that we could write now
 * @param keepFree bytes that are not ours to fill
 */
record Room(LongSupplier free, long keepFree) {

    /** Before each piece is written, so that a disk that fills up meanwhile is noticed, too. */
    void need(long bytes) {
        if (free.getAsLong() - bytes < keepFree) {
            throw new StorageFull(
                    "no room for " + bytes + " bytes more beside the " + keepFree + " that stay free", null);
        }
    }

    // The JDK tells a full disk in the words of the system; a quota leaves free space that is not ours.
    static boolean isMissing(IOException e) {
        String told = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return told.contains("no space left") || told.contains("quota exceeded") || told.contains("not enough space");
    }
}
