package io.centurions.platform.tenancy;

import io.centurions.contracts.id.CompanyId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logmanager.MDC;

/**
 * The only way to reach the database: as one company, as a person of the holding who reads across companies, or by one
 * call of a listed function that works before the company is known. Nothing else exists on purpose.
 *
 * <p>All methods block the calling thread and belong on a virtual (or worker) thread, never on the event loop. A
 * transaction is short: nothing that waits for a model, a tool or a provider runs inside one.
 *
 * <p>An unreachable database is {@link DatabaseUnavailable}; a refused statement is {@code PgException} with its
 * SQLSTATE (42501 when row-level security says no).
 */
@ApplicationScoped
public class Database {

    // true = transaction-local: a pooled connection never carries a company to its next user.
    private static final String BIND_CLAIMS = "SELECT set_config('request.jwt.claims', $1, true)";
    private static final String READ_ACROSS = "SET LOCAL ROLE backoffice_reader";

    private final Pool pool;

    Database(Pool pool) {
        this.pool = pool;
    }

    /** One transaction bound to a company: commits when the work returns, rolls back when it throws. */
    public <T> T asCompany(CompanyId company, Function<Tx, T> work) {
        Objects.requireNonNull(company, "company");
        String before = MDC.get("company_id");
        MDC.put("company_id", company.value().toString());
        try {
            return transaction(claims(company), false, company, work);
        } finally {
            restore(before);
        }
    }

    /** {@link #asCompany} for work that returns nothing. */
    public void runAsCompany(CompanyId company, Consumer<Tx> work) {
        asCompany(company, tx -> {
            work.accept(tx);
            return null;
        });
    }

    /**
     * One transaction that reads across companies, for people whose role the caller has checked. It can change nothing:
     * the reader's role holds SELECT on listed tables only.
     */
    public <T> T asReader(Person person, Function<Tx, T> work) {
        JsonObject claims = new JsonObject().put("sub", person.subject()).put("app_role", person.role());
        return transaction(claims, true, null, work);
    }

    /**
     * One statement as a company in one round trip: begin, bind, statement and commit are sent together.
     *
     * @return its rows, committed
     */
    public List<Row> onceAsCompany(CompanyId company, String sql, Object... parameters) {
        SqlConnection connection = connect();
        try {
            Uni<?> begin = eager(connection.query("BEGIN").execute());
            Uni<?> bind = eager(connection
                    .preparedQuery(BIND_CLAIMS)
                    .execute(io.vertx.mutiny.sqlclient.Tuple.of(claims(company).encode())));
            var statement = eager(connection
                    .preparedQuery(sql)
                    .execute(io.vertx.mutiny.sqlclient.Tuple.tuple(java.util.Arrays.asList(parameters))));
            var commit = eager(connection.query("COMMIT").execute());
            RuntimeException refused = null;
            for (Uni<?> step : List.of(begin, bind, statement)) {
                try {
                    Statements.await("run a statement as a company", step);
                } catch (RuntimeException e) {
                    refused = refused == null ? e : refused;
                }
            }
            Statements.await("commit", commit);
            if (refused != null) {
                throw refused;
            }
            return Statements.rows(Statements.await("read the rows", statement));
        } finally {
            connection.close().subscribe().with(closed -> {}, failure -> {});
        }
    }

    /** Calls a listed SECURITY DEFINER function, which needs no claims. One statement, one round trip, committed. */
    public List<Row> call(String sql, Object... parameters) {
        return Statements.rows(Statements.run(pool, sql, parameters));
    }

    private <T> T transaction(JsonObject claims, boolean reader, CompanyId company, Function<Tx, T> work) {
        SqlConnection connection = connect();
        PooledTx tx = new PooledTx(connection, company);
        T result;
        try {
            Transaction transaction = Statements.await("begin a transaction", connection.begin());
            try {
                tx.query(BIND_CLAIMS, claims.encode());
                if (reader) {
                    tx.execute(READ_ACROSS);
                }
                result = work.apply(tx);
            } catch (Throwable failure) {
                rollBack(transaction, failure);
                throw failure;
            }
            Statements.await("commit", transaction.commit());
        } finally {
            // Returned before the after-commit actions run: one of them may want a connection itself.
            connection.close().subscribe().with(closed -> {}, failure -> {});
        }
        tx.committed();
        return result;
    }

    private static void rollBack(Transaction transaction, Throwable failure) {
        try {
            Statements.await("roll back", transaction.rollback());
        } catch (RuntimeException e) {
            // The server rolls back a lost connection by itself; the first failure is the one to report.
            failure.addSuppressed(e);
        }
    }

    private SqlConnection connect() {
        return Statements.await("get a connection", pool.getConnection());
    }

    private static JsonObject claims(CompanyId company) {
        return new JsonObject().put("company_id", company.value().toString()).put("app_role", "service");
    }

    // Starts at once and remembers its result, so that the next statement is on the wire before this one is answered.
    private static <T> Uni<T> eager(Uni<T> uni) {
        return Uni.createFrom().completionStage(uni.subscribeAsCompletionStage());
    }

    private static void restore(String companyBefore) {
        if (companyBefore == null) {
            MDC.remove("company_id");
        } else {
            MDC.put("company_id", companyBefore);
        }
    }
}
