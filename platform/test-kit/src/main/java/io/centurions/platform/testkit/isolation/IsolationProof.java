package io.centurions.platform.testkit.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.isolation.Attacks.Breach;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Nothing lets one company see or touch another: the tables come from the catalogue, the attacks from here,
 * and a service says only as whom it logs in and how it asks. Each attack is also carried out with the lock
 * taken away and must then get through, so that one which could never succeed is no proof.
 */
public abstract class IsolationProof extends InterleavingProof {

    private static TwoCompanies prepared;

    /** Everybody whom this service lets into the database. */
    protected abstract List<Login> logins();

    @Test
    public void every_table_with_a_company_is_protected_and_forced() {
        assertThat(names("""
                SELECT format('%I.%I', n.nspname, c.relname) AS name
                  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE c.relkind IN ('r', 'p') AND (n.nspname IN ('core', '_template_base') OR n.nspname LIKE 'empresa\\_%')
                   AND (c.oid = 'core.companies'::regclass
                        OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'company_id' AND NOT a.attisdropped))
                   AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
                """)).isEmpty();
    }

    @Test
    public void no_login_reads_or_writes_another_companys_rows_whatever_it_claims() throws SQLException {
        List<Breach> breaches = new ArrayList<>();
        for (Login login : logins()) {
            try (Attacks attacks = new Attacks(two(), login)) {
                for (CompanyTable table : tables(login)) {
                    breaches.addAll(attacks.on(table, Claims.of(two().attacker, two().victim)));
                }
            }
        }

        assertThat(breaches).isEmpty();
    }

    @Test
    public void every_attack_gets_through_once_the_lock_is_taken_away() throws SQLException {
        for (Login login : logins()) {
            try (Attacks attacks = new Attacks(two(), login)) {
                for (CompanyTable table : tables(login)) {
                    assertThat(withoutLock(attacks, table))
                            .as("%s without row-level security, as %s", table.name(), login.becomes())
                            .isEqualTo(expected(table));
                }
            }
        }
    }

    @Test
    public void a_company_sees_its_own_rows() throws SQLException {
        for (Login login : logins()) {
            try (Attacks attacks = new Attacks(two(), login)) {
                for (CompanyTable table : tables(login)) {
                    if (table.lets(Operation.READ)) {
                        assertThat(attacks.own(table)).as(table.name()).isPositive();
                    }
                }
            }
        }
    }

    private static Set<Operation> withoutLock(Attacks attacks, CompanyTable table) throws SQLException {
        Admin admin = two().database.admin();
        admin.execute("ALTER TABLE " + table.name() + " DISABLE ROW LEVEL SECURITY");
        try {
            return attacks.on(table, List.of(Claims.wrong(two().attacker))).stream()
                    .map(Breach::operation)
                    .collect(Collectors.toSet());
        } finally {
            admin.execute("ALTER TABLE " + table.name() + " ENABLE ROW LEVEL SECURITY");
        }
    }

    /** All that the privileges allow: nothing else was in the way. */
    private static Set<Operation> expected(CompanyTable table) {
        return EnumSet.complementOf(EnumSet.of(Operation.READ_ANY)).stream()
                .filter(table::lets)
                .collect(Collectors.toSet());
    }

    private static List<CompanyTable> tables(Login login) {
        List<CompanyTable> all = CompanyTable.all(two().database.admin(), login.becomes());
        assertThat(all).as("the catalogue shows tables").hasSizeGreaterThan(30);
        assertThat(all).as("%s may do something at all", login.becomes()).anyMatch(table -> table.lets(Operation.READ));
        return all;
    }

    private static List<String> names(String sql) {
        return two().database.admin().query(sql).stream()
                .map(row -> (String) row.get("name"))
                .toList();
    }

    private static synchronized TwoCompanies two() {
        if (prepared == null) {
            prepared = TwoCompanies.made();
        }
        return prepared;
    }
}
