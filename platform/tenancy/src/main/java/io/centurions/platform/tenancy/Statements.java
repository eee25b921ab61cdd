package io.centurions.platform.tenancy;

import io.smallrye.mutiny.Uni;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Sends one statement and waits for it on the calling thread; tells an absent database from a refused statement. */
final class Statements {

    // More than any time limit of the server, so that it is the server that gives up first.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(45);

    private Statements() {}

    static RowSet<io.vertx.mutiny.sqlclient.Row> run(SqlClient client, String sql, Object... parameters) {
        Tuple tuple = Tuple.tuple(Arrays.asList(parameters));
        return await("run a statement", client.preparedQuery(sql).execute(tuple));
    }

    static List<Row> rows(RowSet<io.vertx.mutiny.sqlclient.Row> set) {
        List<Row> rows = new ArrayList<>(set.size());
        for (var row : set) {
            rows.add(row.getDelegate());
        }
        return rows;
    }

    /** Waits; an unreachable database becomes {@link DatabaseUnavailable}, everything else stays what it is. */
    static <T> T await(String tried, Uni<T> uni) {
        try {
            return uni.await().atMost(LONGEST_WAIT);
        } catch (RuntimeException e) {
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            if (unavailable(cause)) {
                throw new DatabaseUnavailable("could not " + tried, cause);
            }
            throw e;
        }
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
                || cause instanceof io.smallrye.mutiny.TimeoutException
                || cause instanceof NoStackTraceThrowable
                || cause instanceof io.vertx.core.VertxException;
    }
}
