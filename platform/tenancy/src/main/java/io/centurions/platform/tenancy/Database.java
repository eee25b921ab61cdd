package io.centurions.platform.tenancy;

import io.centurions.contracts.id.CompanyId;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
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
    private final FairLine line;

    Database(Pool pool, FairLine line) {
        this.pool = pool;
        this.line = line;
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
        return transaction(claims(company), false, company, tx -> tx.sendWithCommit(sql, parameters))
                .get();
    }

    /** Calls a listed SECURITY DEFINER function, which needs no claims. One statement, one round trip, committed. */
    public List<Row> call(String sql, Object... parameters) {
        return Statements.rows(
                Statements.await("run a statement", Statements.sendAlone(pool.getDelegate(), sql, parameters)));
    }

    /** {@link #call} for what may wait for a company's rows: it waits in that company's place for a connection. Null, it has none. */
    public List<Row> callInLine(CompanyId company, String sql, Object... parameters) {
        line.enter(company);
        try {
            return call(sql, parameters);
        } finally {
            line.leave(company);
        }
    }

    private <T> T transaction(
            JsonObject claims, boolean reader, CompanyId company, Function<? super PooledTx, T> work) {
        PooledTx tx;
        T result;
        line.enter(company);
        try {
            tx = new PooledTx(pool.getDelegate().getConnection(), company);
            result = committed(tx, claims, reader, work);
        } finally {
            line.leave(company);
        }
        // After the connection was given back: one of them may want one itself.
        tx.runAfterCommit();
        return result;
    }

    private static <T> T committed(PooledTx tx, JsonObject claims, boolean reader, Function<? super PooledTx, T> work) {
        try {
            tx.begin();
            tx.send(BIND_CLAIMS, claims.encode());
            if (reader) {
                tx.send(READ_ACROSS);
            }
            T result = work.apply(tx);
            tx.commit();
            return result;
        } catch (Throwable failure) {
            tx.rollBack();
            throw failure;
        } finally {
            tx.close();
        }
    }

    private static JsonObject claims(CompanyId company) {
        return new JsonObject().put("company_id", company.value().toString()).put("app_role", "service");
    }

    private static void restore(String companyBefore) {
        if (companyBefore == null) {
            MDC.remove("company_id");
        } else {
            MDC.put("company_id", companyBefore);
        }
    }
}
