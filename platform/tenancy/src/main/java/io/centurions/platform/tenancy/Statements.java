package io.centurions.platform.tenancy;

import io.vertx.core.Future;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Sends statements and waits for them on the calling thread; tells an absent database from a refused statement. */
final class Statements {

    // More than any time limit of the server, so that it is the server that gives up first.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(45);
    /** In a process that ends: what is well answers sooner, and what is silent would outlast the time to stop. */
    private static final Duration LONGEST_WAIT_AT_THE_END = Duration.ofSeconds(5);

    private static final Patience PATIENCE = new Patience(LONGEST_WAIT, LONGEST_WAIT_AT_THE_END);

    private Statements() {}

    /**
     * One statement on any connection of the pool. Not by the pool's own {@code preparedQuery}: when no connection
     * can be had it forgets a timer, which later complains as an uncaught exception that its result is already
     * complete (eclipse-vertx/vertx-sql-client#1706).
     */
    static CompletableFuture<RowSet<Row>> sendAlone(Pool pool, String sql, Object... parameters) {
        Tuple tuple = Tuple.tuple(Arrays.asList(parameters));
        return started(
                pool.withConnection(connection -> connection.preparedQuery(sql).execute(tuple)));
    }

    static <T> CompletableFuture<T> started(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture();
    }

    static List<Row> rows(RowSet<Row> set) {
        List<Row> rows = new ArrayList<>(set.size());
        set.forEach(rows::add);
        return rows;
    }

    /** Waits until there is an answer or none will come, whichever it is. */
    static void awaitAny(CompletableFuture<?> answer) {
        try {
            Waits.get(answer, PATIENCE);
        } catch (TimeoutException e) {
            throw failure("run a statement", e);
        } catch (ExecutionException e) {
            // Told to whoever asks for that answer.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits; an unreachable database becomes {@link DatabaseUnavailable}, everything else stays what it is. */
    static <T> T await(String tried, CompletableFuture<T> answer) {
        try {
            return Waits.get(answer, PATIENCE);
        } catch (ExecutionException e) {
            throw failure(tried, e.getCause());
        } catch (TimeoutException e) {
            throw failure(tried, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException("interrupted, could not " + tried, e);
        }
    }

    private static RuntimeException failure(String tried, Throwable cause) {
        if (unavailable(cause)) {
            return new DatabaseUnavailable("could not " + tried, cause);
        }
        return cause instanceof RuntimeException asItIs ? asItIs : new CompletionException(cause);
    }

    private static boolean unavailable(Throwable cause) {
        if (cause instanceof PgException refused) {
            String state = String.valueOf(refused.getSqlState());
            // 08 connection, 53 resources, 57 shutdown, start-up and the statement's time limit, 55P03 the lock's,
            // 25P03 the idle transaction's, 25006 read-only after a failover.
            return state.startsWith("08")
                    || state.startsWith("53")
                    || state.startsWith("57")
                    || Set.of("55P03", "25P03", "25006").contains(state);
        }
        return cause instanceof ClosedConnectionException
                || cause instanceof IOException
                || cause instanceof TimeoutException
                || cause instanceof NoStackTraceThrowable
                || cause instanceof io.vertx.core.VertxException;
    }
}
