package io.centurions.platform.tenancy;

import io.centurions.contracts.id.CompanyId;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A transaction on one pooled connection; ends with the call that opened it. */
final class PooledTx implements Tx {

    private final SqlConnection connection;
    private final CompanyId company;
    private final List<Runnable> afterCommit = new ArrayList<>();

    PooledTx(SqlConnection connection, CompanyId company) {
        this.connection = connection;
        this.company = company;
    }

    @Override
    public List<Row> query(String sql, Object... parameters) {
        return Statements.rows(Statements.run(connection, sql, parameters));
    }

    @Override
    public Optional<Row> first(String sql, Object... parameters) {
        List<Row> rows = query(sql, parameters);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    @Override
    public int execute(String sql, Object... parameters) {
        return Statements.run(connection, sql, parameters).rowCount();
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

    void committed() {
        afterCommit.forEach(Runnable::run);
    }
}
