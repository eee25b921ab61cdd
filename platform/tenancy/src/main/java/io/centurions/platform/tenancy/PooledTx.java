package io.centurions.platform.tenancy;

import io.centurions.contracts.id.CompanyId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A transaction on one pooled connection; ends with the call that opened it. Statements go out in order and need not
 * wait for each other, so beginning costs no round trip of its own. The connection works in that order too: once the
 * end of the transaction is sent, whoever gets the connection next is outside of it.
 */
final class PooledTx implements Tx {

    private final Future<SqlConnection> connecting;
    private final CompanyId company;
    private final List<Runnable> afterCommit = new ArrayList<>();
    // In their order; one that failed stays the first, so that no later success hides it.
    private final Deque<CompletableFuture<RowSet<Row>>> unanswered = new ArrayDeque<>();
    private CompletableFuture<RowSet<Row>> commit;
    // Null until something was answered: till then what is sent follows the connection, in order, on its way here.
    private SqlConnection connection;
    // Given up: what was to follow a connection that comes too late is not done any more.
    private volatile boolean over;

    PooledTx(Future<SqlConnection> connecting, CompanyId company) {
        this.connecting = connecting;
        this.company = company;
    }

    /** Is answered together with the first statement. */
    void begin() {
        unanswered.add(sendPlain("BEGIN"));
    }

    @Override
    public List<Row> query(String sql, Object... parameters) {
        return Statements.rows(run(sql, parameters));
    }

    @Override
    public Optional<Row> first(String sql, Object... parameters) {
        List<Row> rows = query(sql, parameters);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    @Override
    public int execute(String sql, Object... parameters) {
        return run(sql, parameters).rowCount();
    }

    @Override
    public Supplier<List<Row>> send(String sql, Object... parameters) {
        CompletableFuture<RowSet<Row>> sent = sendPrepared(sql, parameters);
        return () -> {
            awaitAll();
            return Statements.rows(sent.join());
        };
    }

    @Override
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    @Override
    public CompanyId company() {
        if (company == null) {
            throw new IllegalStateException("a reader's transaction belongs to no company");
        }
        return company;
    }

    /** {@link #send} for the only statement of a transaction: the commit goes out with it. */
    Supplier<List<Row>> sendWithCommit(String sql, Object... parameters) {
        Supplier<List<Row>> sent = send(sql, parameters);
        commit = sendPlain("COMMIT");
        return sent;
    }

    /**
     * Throws what failed first. Of several statements each is heard before the commit is sent: the client itself may
     * have refused one, of which the server knows nothing.
     */
    void commit() {
        if (commit == null) {
            awaitAll();
            commit = sendPlain("COMMIT");
        }
        Statements.awaitAny(commit);
        awaitAll();
        Statements.await("commit", commit);
    }

    /** Sent, and known to come before whatever else is sent on this connection; nobody need wait for it. */
    void rollBack() {
        over = true;
        if (connection == null) {
            connecting.onSuccess(found -> found.query("ROLLBACK").execute());
        } else {
            sendPlain("ROLLBACK");
        }
    }

    /** Gives the connection back, behind all that was sent. */
    void close() {
        if (connection == null) {
            connecting.onSuccess(SqlConnection::close);
        } else {
            connection.close();
        }
    }

    void runAfterCommit() {
        afterCommit.forEach(Runnable::run);
    }

    private RowSet<Row> run(String sql, Object... parameters) {
        CompletableFuture<RowSet<Row>> sent = sendPrepared(sql, parameters);
        awaitAll();
        return sent.join();
    }

    private CompletableFuture<RowSet<Row>> sendPrepared(String sql, Object... parameters) {
        CompletableFuture<RowSet<Row>> sent =
                send(found -> found.preparedQuery(sql).execute(Tuple.tuple(Arrays.asList(parameters))));
        unanswered.add(sent);
        return sent;
    }

    private CompletableFuture<RowSet<Row>> sendPlain(String sql) {
        return send(found -> found.query(sql).execute());
    }

    private CompletableFuture<RowSet<Row>> send(Function<SqlConnection, Future<RowSet<Row>>> statement) {
        return Statements.started(
                connection != null
                        ? statement.apply(connection)
                        : connecting.compose(found -> over ? Future.failedFuture("given up") : statement.apply(found)));
    }

    // Answers come in order: with the last one all are there, and the thread has slept once.
    private void awaitAll() {
        if (!unanswered.isEmpty()) {
            Statements.awaitAny(unanswered.getLast());
        }
        while (!unanswered.isEmpty()) {
            Statements.await("run a statement", unanswered.getFirst());
            unanswered.removeFirst();
            connection = connecting.result();
        }
    }
}
