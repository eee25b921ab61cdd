package io.centurions.runtime.understand;

import io.centurions.contracts.id.CompanyId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the files that are being understood may take of the heap, all turns together: half of it, and those of one company half of that, so
 * that a model that hangs leaves room to the others. They wait for each other as in a {@link Room}, first those of a company, then all. One
 * that is larger than its company's part takes of the others' what it needs, but is alone of its company's; one that is larger than all of
 * the room has it for itself. For any thread.
 */
@ApplicationScoped
class MediaMemory {

    // The room is counted in these: an int of bytes would end at 2 GiB.
    private static final int UNIT = 1024;

    private final int all;
    private final int ofCompany;
    private final Room free;
    private final MeterRegistry meters;

    // Never emptied: a few words for each company that ever sent a file to this process.
    private final Map<CompanyId, Room> freeOf = new ConcurrentHashMap<>();

    @Inject
    MediaMemory(MeterRegistry meters) {
        this(Runtime.getRuntime().maxMemory(), meters);
    }

    /** @param heap bytes */
    MediaMemory(long heap, MeterRegistry meters) {
        this.all = (int) Math.min(Integer.MAX_VALUE, heap / 2 / UNIT);
        this.ofCompany = all / 2;
        this.free = new Room(all);
        this.meters = meters;
    }

    /**
     * Waits until there is room for a file.
     *
     * @param bytes of the file at most
     * @throws io.centurions.runtime.think.NotNow when the patience was over before
     */
    Share take(CompanyId company, MediaKind kind, int bytes, MediaPatience patience) {
        Room freeOfCompany = freeOf.computeIfAbsent(company, any -> new Room(ofCompany));
        int taken = units(kind, bytes);
        if (taken > 0) {
            Timer.Sample waiting = Timer.start(meters);
            boolean entered = enters(freeOfCompany, taken, patience);
            waiting.stop(meters.timer(
                    "media_memory_wait_seconds", "kind", kind.wire(), "outcome", entered ? "entered" : "put_off"));
            if (!entered) {
                throw Download.later("no_memory", Duration.ZERO);
            }
        }
        return new Share(freeOfCompany, kind, taken);
    }

    private int units(MediaKind kind, int bytes) {
        return (int) Math.min(all, (kind.inMemory(bytes) + UNIT - 1) / UNIT);
    }

    private int ofCompany(int units) {
        return Math.min(ofCompany, units);
    }

    // Always its company's before everybody's: who waits for the former must hold nothing of the latter.
    private boolean enters(Room freeOfCompany, int units, MediaPatience patience) {
        if (!isHad(freeOfCompany, ofCompany(units), patience)) {
            return false;
        }
        boolean entered = isHad(free, units, patience);
        if (!entered) {
            freeOfCompany.giveBack(ofCompany(units));
        }
        return entered;
    }

    private static boolean isHad(Room room, int units, MediaPatience patience) {
        try {
            return room.tryTake(units, patience.beforeACall());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The room of one file, until it is closed. For one thread. */
    final class Share implements AutoCloseable {

        private final Room freeOfCompany;
        private final MediaKind kind;
        private int taken;

        private Share(Room freeOfCompany, MediaKind kind, int taken) {
            this.freeOfCompany = freeOfCompany;
            this.kind = kind;
            this.taken = taken;
        }

        /** Gives back what the file does not need, now that it is there. */
        void shrinkTo(int bytes) {
            keep(Math.min(units(kind, bytes), taken));
        }

        private void keep(int needed) {
            free.giveBack(taken - needed);
            freeOfCompany.giveBack(ofCompany(taken) - ofCompany(needed));
            taken = needed;
        }

        @Override
        public void close() {
            keep(0);
        }
    }
}
