package io.centurions.platform.tenancy;

import io.centurions.contracts.id.CompanyId;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One open transaction, bound to one company (or to a person of the holding, for reading). Each call but
 * {@link #send} is one round trip and blocks the calling virtual thread. Not to be kept, shared between threads, or
 * held across a call to a provider.
 *
 * <p>Placeholders are {@code $1}, {@code $2} …; JSON travels as text ({@code $1::text::jsonb}, {@code (col)::text}).
 */
public interface Tx {

    /** All rows of a statement. */
    List<Row> query(String sql, Object... parameters);

    /** The first row, or nothing. */
    Optional<Row> first(String sql, Object... parameters);

    /** Runs a statement and says how many rows it changed. */
    int execute(String sql, Object... parameters);

    /**
     * Sends a statement and does not wait for it: the next ones follow on the same round trip, in order. Whether
     * anybody asks for its rows or not, a statement that failed fails the transaction.
     *
     * @return its rows, waited for when they are asked for
     */
    Supplier<List<Row>> send(String sql, Object... parameters);

    /** Runs after the commit, in order, on the same thread; never after a rollback. Must not throw. */
    void afterCommit(Runnable action);

    /**
     * The company this transaction is bound to.
     *
     * @throws IllegalStateException for a reader's transaction, which belongs to none
     */
    CompanyId company();
}
