package io.centurions.platform.consumercontract.isolation;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.quarkus.arc.Arc;
import java.util.List;
import java.util.UUID;

/** Asks as the service under test does. */
final class ThroughDatabase {

    private ThroughDatabase() {}

    /** The first column of what is found on behalf of a company. */
    static List<UUID> ask(UUID company, String sql) {
        return database().asCompany(CompanyId.of(company), tx -> tx.query(sql)).stream()
                .map(row -> row.getUUID(0))
                .toList();
    }

    /** What the database makes of a number that it is sent in one statement, outside of any transaction. */
    static int alone(int number) {
        return database().call("SELECT $1::int", number).getFirst().getInteger(0);
    }

    private static Database database() {
        return Arc.container().instance(Database.class).get();
    }
}
