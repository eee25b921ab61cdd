package io.centurions.evolution.media;

import io.centurions.contracts.id.CompanyId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/**
 * What the files that are being fetched and stored may take of the heap, all together: half of it. Nobody waits in here. For any thread.
 *
 * <p>A company that has a file here gets room for a further one only within half of the room. Its first may be as large as what is free,
 * and one that is larger than all of the room has it for itself.
 */
@ApplicationScoped
class FileMemory {

    private final long all;
    private final Map<CompanyId, Long> taken = new HashMap<>();
    private long free;

    FileMemory() {
        this(Runtime.getRuntime().maxMemory());
    }

    /** @param heap bytes */
    FileMemory(long heap) {
        this.all = heap / 2;
        this.free = all;
    }

    /**
     * @param bytes of the file at most
     * @return false when there is no room for it now; after true, {@link #leave} with the same must follow
     */
    synchronized boolean tryEnter(CompanyId company, long bytes) {
        long needed = needed(bytes);
        long own = taken.getOrDefault(company, 0L);
        if (needed > free || own > 0 && own + needed > all / 2) {
            return false;
        }
        taken.merge(company, needed, Long::sum);
        free -= needed;
        return true;
    }

    /** Gives the room of a file back. */
    synchronized void leave(CompanyId company, long bytes) {
        long needed = needed(bytes);
        // Who holds nothing is forgotten: companies come and go for as long as the process lives.
        taken.compute(company, (id, own) -> own == needed ? null : own - needed);
        free += needed;
    }

    // Most is taken while the answer is read: a third longer than the file, and there twice until it is in one piece.
    // The file that is
    // decoded of it, and then stored, takes less. What the database client sends lies outside of the heap.
    private long needed(long bytes) {
        return Math.min(all, bytes * 8 / 3);
    }
}
