package io.centurions.platform.testkit.isolation;

import io.centurions.platform.testkit.Companies;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * Many requests of many companies over few connections, all at once: whatever a connection remembers
 * shows here.
 */
public final class Interleaved {

    /** Reads what every service may read; answers whose rows they are. */
    public static final String OWNERS = "SELECT id FROM core.companies";

    private static final int REQUESTS = 10_000;
    private static final int COMPANIES = 20;
    private static final int AT_ONCE = 256;

    private Interleaved() {}

    /**
     * What came of it.
     *
     * @param answered requests that were answered at all
     * @param foreign  answers that were not exactly the asking company's, the first few of them
     */
    public record Result(int answered, List<String> foreign) {}

    /**
     * @param ask runs a statement as a company; answers the first column of its rows
     */
    public static Result requests(BiFunction<UUID, String, List<UUID>> ask) {
        List<UUID> companies = new ArrayList<>();
        for (int company = 0; company < COMPANIES; company++) {
            companies.add(Companies.make("dividida").company().value());
        }
        var foreign = new ConcurrentLinkedQueue<String>();
        var answered = new AtomicInteger();
        var room = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int request = 0; request < REQUESTS; request++) {
                // Never the same company twice in a row, on no connection.
                UUID company = companies.get(request % COMPANIES);
                room.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        List<UUID> seen = ask.apply(company, OWNERS);
                        answered.incrementAndGet();
                        if (!seen.equals(List.of(company))) {
                            foreign.add(company + " saw " + seen);
                        }
                    } catch (RuntimeException e) {
                        foreign.add(company + " failed: " + e);
                    } finally {
                        room.release();
                    }
                });
            }
        }
        return new Result(answered.get(), foreign.stream().limit(10).toList());
    }

    /** How many requests there are. */
    public static int count() {
        return REQUESTS;
    }
}
