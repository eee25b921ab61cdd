package io.centurions.autentique.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.ScratchDatabase;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose contracts a claim holds, in a database where no loop claims, too. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class ClaimContractsIT {

    private static Admin database;

    private UUID busy;
    private UUID quiet;
    private UUID rare;

    @BeforeEach
    void five_contracts_of_a_company_are_due_before_those_of_two_others() {
        if (database == null) {
            database = ScratchDatabase.named("claim_contracts").admin();
        }
        database.execute("UPDATE core.contracts SET due_at = NULL");
        busy = company();
        quiet = company();
        rare = company();
        due(busy, 5, "2 h");
        due(quiet, 2, "1 h");
        due(rare, 1, "1 min");
    }

    @Test
    void the_first_of_each_company_comes_before_the_second_of_any() {
        assertThat(claim(3, 5, Map.of())).containsExactlyInAnyOrder(busy, quiet, rare);
        assertThat(claim(3, 5, Map.of())).containsExactlyInAnyOrder(busy, busy, quiet);
    }

    @Test
    void of_a_company_no_more_are_held_than_it_may_have() {
        assertThat(claim(8, 2, Map.of())).containsExactlyInAnyOrder(busy, busy, quiet, quiet, rare);
    }

    @Test
    void what_the_caller_has_in_hand_counts() {
        assertThat(claim(8, 2, Map.of(busy, 1, quiet, 2, rare, 3))).containsExactly(busy);
    }

    @Test
    void who_has_fewer_in_hand_comes_first() {
        assertThat(claim(2, 5, Map.of(busy, 1, quiet, 2))).containsExactlyInAnyOrder(busy, rare);
    }

    @Test
    void a_lease_that_nobody_has_in_hand_takes_no_place() {
        assertThat(claim(8, 2, Map.of(quiet, 2, rare, 2))).containsExactly(busy, busy);

        assertThat(claim(8, 2, Map.of(quiet, 2, rare, 2)))
                .as("another replica, or this one after a crash")
                .containsExactly(busy, busy);
    }

    private static List<Object> claim(int limit, int ofCompany, Map<UUID, Integer> inHand) {
        var companies = List.copyOf(inHand.keySet());
        return database
                .query(
                        "SELECT company_id FROM core.claim_due_contracts_v2(?, ?, ?::uuid[], ?::int[], interval '3 min')",
                        limit,
                        ofCompany,
                        array(companies),
                        array(companies.stream().map(inHand::get).toList()))
                .stream()
                .map(row -> row.get("company_id"))
                .toList();
    }

    private static String array(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    private static UUID company() {
        UUID company = UUID.randomUUID();
        String slug = "fila_" + company.toString().substring(0, 8);
        database.execute(
                "INSERT INTO core.companies (id, slug, name, schema_name, status) VALUES (?, ?, 'Fila', ?, 'active')",
                company,
                slug,
                "empresa_" + slug);
        return company;
    }

    private static void due(UUID company, int howMany, String since) {
        database.execute("""
                WITH t AS (
                    INSERT INTO core.contract_templates (company_id, name, version, body)
                    VALUES (?, 'Modelo', 1, 'Texto') RETURNING company_id, id)
                INSERT INTO core.contracts (company_id, deal_id, lead_id, template_id, name, status, idempotency_key, request_hash, due_at)
                SELECT company_id, gen_random_uuid(), gen_random_uuid(), id, 'Contrato', 'sending', n::text, '\\x00',
                       now() - ?::interval + n * interval '1 s'
                  FROM t, generate_series(1, ?) AS n
                """, company, since, howMany);
    }
}
