package io.centurions.platform.tenancy;

import io.centurions.contracts.id.CompanyId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The line for a connection, in which companies take turns: who brings a thousand transactions at once stands behind everybody else with
 * all but its first. The pool itself knows only who came first.
 *
 * <p>A company gets a further place only while more are free than it has, so that one whose transactions wait for each other leaves some to
 * the others. A quarter of the pool's connections has no place in this line: what works for no company (claims of work, the outbox, people
 * who read across) goes to the pool directly and finds some free. For any thread; waits as long as the database is waited for.
 */
@Startup
@ApplicationScoped
class FairLine {

    private final Map<CompanyId, Integer> taken = new HashMap<>();
    /** Who waits, by company; the company that is first here is asked first. */
    private final Map<CompanyId, Deque<CompletableFuture<Void>>> lanes = new LinkedHashMap<>();

    private final Timer waited;
    private int free;
    private volatile int waiting;

    FairLine(@ConfigProperty(name = "quarkus.datasource.reactive.max-size") int connections, MeterRegistry metrics) {
        this.free = connections - connections / 4;
        this.waited = metrics.timer("database_line_seconds");
        metrics.gauge("database_line_waiting", this, line -> line.waiting);
    }

    /**
     * Blocks until it is this company's turn; {@link #leave} must follow. Null, for what works for no company, passes by.
     *
     * @throws DatabaseUnavailable when that takes longer than any answer of the database may
     */
    void enter(CompanyId company) {
        if (company != null) {
            CompletableFuture<Void> turn = lineUp(company);
            if (!turn.isDone()) {
                await(company, turn);
            }
        }
    }

    void leave(CompanyId company) {
        if (company != null) {
            // Woken outside of the lock: they would only wait for it.
            next(company).forEach(turn -> turn.complete(null));
        }
    }

    private void await(CompanyId company, CompletableFuture<Void> turn) {
        long since = System.nanoTime();
        try {
            Statements.await("get a connection", turn);
        } catch (RuntimeException | Error gaveUp) {
            if (!withdraws(company, turn)) {
                leave(company);
            }
            throw gaveUp;
        } finally {
            waited.record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
        }
    }

    private synchronized CompletableFuture<Void> lineUp(CompanyId company) {
        // Nobody passes by those of its own company.
        if (!lanes.containsKey(company) && takes(company)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> turn = new CompletableFuture<>();
        lanes.computeIfAbsent(company, first -> new ArrayDeque<>()).add(turn);
        waiting++;
        return turn;
    }

    private boolean takes(CompanyId company) {
        int own = taken.getOrDefault(company, 0);
        if (free <= own) {
            return false;
        }
        taken.put(company, own + 1);
        free--;
        return true;
    }

    /** @return false when its turn had come meanwhile: then it holds a place */
    private synchronized boolean withdraws(CompanyId company, CompletableFuture<Void> turn) {
        Deque<CompletableFuture<Void>> lane = lanes.get(company);
        if (lane == null || !lane.remove(turn)) {
            return false;
        }
        waiting--;
        if (lane.isEmpty()) {
            lanes.remove(company);
        }
        return true;
    }

    private synchronized List<CompletableFuture<Void>> next(CompanyId leaving) {
        // Who holds nothing is forgotten: companies come and go for as long as the process lives.
        taken.compute(leaving, (id, own) -> own == 1 ? null : own - 1);
        free++;
        List<CompletableFuture<Void>> turns = new ArrayList<>(1);
        while (free > 0 && oneMore(turns)) {
            waiting--;
        }
        return turns;
    }

    private boolean oneMore(List<CompletableFuture<Void>> turns) {
        for (CompanyId company : lanes.keySet()) {
            if (takes(company)) {
                Deque<CompletableFuture<Void>> lane = lanes.remove(company);
                turns.add(lane.remove());
                if (!lane.isEmpty()) {
                    lanes.put(company, lane);
                }
                return true;
            }
        }
        return false;
    }
}
