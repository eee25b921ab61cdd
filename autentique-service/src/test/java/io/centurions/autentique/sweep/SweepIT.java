package io.centurions.autentique.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.jobs.Lease;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.Plans;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class SweepIT {

    private static final Lease OURS = () -> true;

    @Inject
    OverdueContracts overdue;

    @Inject
    ForgetOldRows forget;

    @Inject
    MeterRegistry meters;

    @Test
    void a_contract_that_nobody_looks_at_is_counted_when_its_time_is_long_over() {
        aContract("now() + interval '1 h'");
        aContract("now() + interval '5 min'");

        assertThat(overdueIn("0 s")).isZero();
        assertThat(overdueIn("10 min")).isOne();
        assertThat(overdueIn("2 h")).isEqualTo(2);
        overdue.run(OURS);
        assertThat(meters.counter("sweep_found_total", "sweep", "overdue-contracts")
                        .count())
                .isZero();
        Admin.get().execute("UPDATE core.contracts SET due_at = NULL WHERE due_at > now() + interval '1 min'");
    }

    @Test
    void calls_and_notices_of_old_are_forgotten() {
        UUID contract = aContract("NULL");
        for (int days : new int[] {89, 91}) {
            Admin.get().execute("""
                    INSERT INTO core.delivery_attempts_autentique (company_id, contract_id, step, outcome, took_ms, at)
                    SELECT company_id, id, 'look', 'accepted', 1, now() - ? * interval '1 day' FROM core.contracts WHERE id = ?
                    """, days, contract);
            Admin.get().execute("""
                    INSERT INTO core.contract_events (company_id, contract_id, provider_event_id, type, payload, received_at)
                    SELECT company_id, id, gen_random_uuid()::text, 'x', '{}', now() - ? * interval '1 day' FROM core.contracts WHERE id = ?
                    """, days, contract);
        }

        forget.run(OURS);

        assertThat(Admin.get().queryOne("""
                SELECT (SELECT count(*) FROM core.delivery_attempts_autentique a WHERE a.contract_id = c.id) AS calls,
                       (SELECT count(*) FROM core.contract_events e WHERE e.contract_id = c.id) AS notices
                  FROM core.contracts c WHERE c.id = ?
                """, contract)).isEqualTo(Map.of("calls", 1L, "notices", 1L));
    }

    @Test
    void overdue_contracts_are_found_among_those_that_are_due() {
        String contracts = """
                INSERT INTO core.contracts (company_id, deal_id, lead_id, template_id, name, status, autentique_id, idempotency_key,
                                            request_hash)
                SELECT :company, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'Contrato', 'signed', 'd' || n, 'k' || n, '\\x00'
                  FROM generate_series(1, 100000) AS n
                """;

        String plan = Plans.on(Admin.get())
                .of("count_overdue_contracts_v1", Map.of("p_age", "interval '60 s'", "p_now", "now()"), contracts);

        assertThat(plan).contains("contracts_due_idx").doesNotContain("Seq Scan on contracts");
    }

    private static long overdueIn(String later) {
        return Admin.get()
                .count("SELECT core.count_overdue_contracts_v1('60 s', clock_timestamp() + '" + later + "'::interval)");
    }

    private static UUID aContract(String due) {
        UUID contract = UUID.randomUUID();
        Admin.get()
                .execute("""
                WITH t AS (
                    INSERT INTO core.contract_templates (company_id, name, version, body)
                    VALUES (?, 'Modelo', 1, 'Texto') RETURNING company_id, id)
                INSERT INTO core.contracts (company_id, id, deal_id, lead_id, template_id, name, status, autentique_id, idempotency_key,
                                            request_hash, due_at)
                SELECT company_id, ?, gen_random_uuid(), gen_random_uuid(), id, 'Contrato', 'sent', gen_random_uuid()::text,
                       gen_random_uuid()::text, '\\x00', %s
                  FROM t
                """.formatted(due), Companies.make("atraso").company().value(), contract);
        return contract;
    }
}
