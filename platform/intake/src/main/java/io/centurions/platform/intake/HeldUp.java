package io.centurions.platform.intake;

import io.centurions.contracts.id.CompanyId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Companies a row of which was held just now by a transaction that does not end, as one of a frozen process: for a while their webhooks share
 * no statement with others', who would wait for that row with them. For any thread.
 */
final class HeldUp {

    private static final Duration FOR = Duration.ofSeconds(10);
    /** What holds up more at once is no row of theirs, and all of them alone would be slower than together. */
    private static final int COMPANIES = 4;

    private static final int PLACES = 2;

    private final Map<CompanyId, Long> until = new ConcurrentHashMap<>();
    private final Map<CompanyId, Places> places = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    HeldUp(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** From now on for ten seconds; null is nobody. */
    void add(CompanyId company) {
        if (company != null) {
            until.put(company, nanos.getAsLong() + FOR.toNanos());
        }
    }

    boolean contains(CompanyId company) {
        if (company == null || until.isEmpty()) {
            return false;
        }
        until.values().removeIf(end -> end - nanos.getAsLong() <= 0);
        return until.size() <= COMPANIES && until.containsKey(company);
    }

    /**
     * One of the two places in which a company's webhooks may wait for a row, so that its turns find a connection beside them; {@link #leave} must follow.
     *
     * @return false when none was free within that time
     */
    boolean enter(CompanyId company, Duration most) throws InterruptedException {
        if (company == null) {
            return true;
        }
        Places own = places.compute(company, (id, known) -> known == null ? new Places() : known.used());
        boolean entered = false;
        try {
            entered = own.free.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS);
            return entered;
        } finally {
            if (!entered) {
                forget(company);
            }
        }
    }

    void leave(CompanyId company) {
        if (company != null) {
            places.get(company).free.release();
            forget(company);
        }
    }

    // Companies come and go for as long as the process lives.
    private void forget(CompanyId company) {
        places.computeIfPresent(company, (id, own) -> --own.users == 0 ? null : own);
    }

    /** Of one company, while somebody has or wants one. */
    private static final class Places {

        private final Semaphore free = new Semaphore(PLACES, true);
        private int users = 1;

        private Places used() {
            users++;
            return this;
        }
    }
}
