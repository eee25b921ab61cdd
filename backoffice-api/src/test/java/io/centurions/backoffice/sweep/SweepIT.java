package io.centurions.backoffice.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.StreamIn;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.contracts.contract.ContractSigned;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.HandoffId;
import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.lead.LeadQualified;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each state is arranged as if its event had been lost; the sweep's interval is not waited for. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class SweepIT {

    private static final Lease OURS = () -> true;

    @Inject
    LeadsWithoutDeal leads;

    @Inject
    SignaturesWithoutWin signatures;

    @Inject
    ForgetOldRows forget;

    @Inject
    StreamIn stream;

    @Inject
    MeterRegistry meters;

    @Test
    void a_qualified_lead_whose_event_was_lost_becomes_one_deal() {
        var company = Api.aCompany("perdido");
        UUID handoff = HandoffId.random().value();
        UUID lead = qualified(company, handoff, 60);
        double before = meters.counter("sweep_found_total", "sweep", "leads-without-deal")
                .count();

        leads.run(OURS);
        leads.run(OURS);
        // The event turns up after all.
        var late = new LeadQualified(LeadId.of(lead), ConversationId.random(), HandoffId.of(handoff), 80);
        stream.bring(CompanyId.of(company.id()), late, Instant.now());
        stream.handled(LeadQualified.TYPE);

        assertThat(Admin.get().query("SELECT core_lead_id, handoff_id, score FROM " + company.schema() + ".deals"))
                .containsExactly(Map.of("core_lead_id", lead, "handoff_id", handoff, "score", 80));
        assertThat(Api.events(company)).filteredOn("deal.created"::equals).hasSize(1);
        assertThat(meters.counter("sweep_found_total", "sweep", "leads-without-deal")
                        .count())
                .isGreaterThan(before);
    }

    @Test
    void a_deal_that_the_index_has_lost_comes_back_into_it_and_nothing_is_told_twice() {
        var company = Api.aCompany("sumido");
        UUID deal = aDeal(company);
        signed(company, deal);
        signatures.run(OURS);
        Map<String, Object> mirrored = mirrored(company);
        Admin.get().execute("DELETE FROM core.deals_index WHERE company_id = ?", company.id());

        leads.run(OURS);
        leads.run(OURS);

        assertThat(mirrored(company)).isEqualTo(mirrored).containsEntry("deal_id", deal);
        assertThat(Admin.get().query("SELECT version FROM " + company.schema() + ".deals"))
                .as("mended once")
                .containsExactly(Map.of("version", 3L));
        assertThat(Api.events(company))
                .filteredOn(type -> type.startsWith("deal."))
                .containsExactlyInAnyOrder("deal.created", "deal.won");
    }

    @Test
    void a_deal_that_a_person_made_and_the_index_has_lost_is_not_followed_by_another() {
        var company = Api.aCompany("feito");
        UUID lead = qualified(company, HandoffId.random().value(), 60);
        Admin.get()
                .execute("INSERT INTO " + company.schema() + ".deals (core_lead_id, title) VALUES (?, 'À mão')", lead);
        Admin.get().execute("DELETE FROM core.deals_index WHERE company_id = ?", company.id());

        leads.run(OURS);

        assertThat(Admin.get()
                        .query("SELECT core_lead_id, title FROM core.deals_index WHERE company_id = ?", company.id()))
                .containsExactly(Map.of("core_lead_id", lead, "title", "À mão"));
        assertThat(Admin.get().count("SELECT count(*) FROM " + company.schema() + ".deals"))
                .isOne();
    }

    @Test
    void a_lead_qualified_this_moment_is_left_to_its_event() {
        var company = Api.aCompany("agora");
        qualified(company, HandoffId.random().value(), 0);

        leads.run(OURS);

        assertThat(Admin.get().count("SELECT count(*) FROM " + company.schema() + ".deals"))
                .isZero();
    }

    @Test
    void a_signed_contract_whose_event_was_lost_wins_its_deal_once() {
        var company = Api.aCompany("assinado");
        UUID deal = aDeal(company);
        UUID contract = signed(company, deal);

        signatures.run(OURS);
        signatures.run(OURS);
        // The event turns up after all.
        var late = new ContractSigned(
                ContractId.of(contract), DealId.of(deal), LeadId.random(), Instant.parse("2026-11-20T12:00:00Z"));
        stream.bring(CompanyId.of(company.id()), late, Instant.now());
        stream.handled(ContractSigned.TYPE);

        Map<String, Object> won = Admin.get()
                .queryOne("SELECT status, contract_id, won_at = '2026-11-20T12:00:00Z' AS then FROM " + company.schema()
                        + ".deals");
        assertThat(won)
                .containsEntry("status", "won")
                .containsEntry("contract_id", contract)
                .containsEntry("then", true);
        assertThat(Api.events(company)).filteredOn("deal.won"::equals).hasSize(1);
        assertThat(Admin.get()
                        .count("SELECT count(*) FROM " + company.schema()
                                + ".activities WHERE kind = 'contract_signed'"))
                .isOne();
    }

    @Test
    void a_win_that_a_person_took_back_is_not_won_again() {
        var company = Api.aCompany("volta");
        UUID deal = aDeal(company);
        signed(company, deal);
        signatures.run(OURS);

        Api.owner()
                .body(Map.of("status", "lost", "lostReason", "arrependimento"))
                .put(company.path() + "/deals/" + deal)
                .then()
                .statusCode(200);
        signatures.run(OURS);

        assertThat(Admin.get().queryOne("SELECT status FROM " + company.schema() + ".deals"))
                .containsEntry("status", "lost");
    }

    @Test
    void keys_of_old_posts_are_forgotten() {
        var company = Api.aCompany("chave");
        key(company, 31);
        key(company, 29);

        forget.run(OURS);

        assertThat(Admin.get().query("SELECT operation FROM core.idempotency_keys WHERE company_id = ?", company.id()))
                .extracting(row -> row.get("operation"))
                .isEqualTo(List.of("of-29-days"));
    }

    private static void key(Api.Made company, int daysAgo) {
        Admin.get().execute("""
                INSERT INTO core.idempotency_keys (company_id, operation, key, request_hash, resource_id, created_at)
                VALUES (?, ?, 'k', '\\x00', gen_random_uuid(), now() - ? * interval '1 day')
                """, company.id(), "of-" + daysAgo + "-days", daysAgo);
    }

    private static UUID qualified(Api.Made company, UUID handoff, int secondsAgo) {
        UUID lead = Api.aLead(company, "Maria");
        Admin.get().execute("""
                UPDATE core.leads SET stage = 'qualified', score = 80, handoff_id = ?, updated_at = now() - ? * interval '1 s'
                 WHERE id = ?
                """, handoff, secondsAgo, lead);
        return lead;
    }

    private UUID aDeal(Api.Made company) {
        UUID lead = qualified(company, HandoffId.random().value(), 60);
        leads.run(OURS);
        return (UUID) Admin.get()
                .queryOne("SELECT deal_id FROM core.deals_index WHERE core_lead_id = ?", lead)
                .get("deal_id");
    }

    private static Map<String, Object> mirrored(Api.Made company) {
        return Admin.get().queryOne("""
                SELECT deal_id, core_lead_id, schema_name, title, status, stage, value_cents, currency, contract_id, first_won_at,
                       created_at
                  FROM core.deals_index WHERE company_id = ?
                """, company.id());
    }

    private static UUID signed(Api.Made company, UUID deal) {
        UUID contract = UUID.randomUUID();
        Admin.get().execute("""
                WITH t AS (
                    INSERT INTO core.contract_templates (company_id, name, version, body)
                    VALUES (?, 'Modelo', 1, 'Texto') RETURNING company_id, id)
                INSERT INTO core.contracts (company_id, id, deal_id, lead_id, template_id, name, status, status_at, autentique_id,
                                            idempotency_key, request_hash, updated_at)
                SELECT company_id, ?, ?, gen_random_uuid(), id, 'Contrato', 'signed', '2026-11-20T12:00:00Z', gen_random_uuid()::text,
                       gen_random_uuid()::text, '\\x00', now() - interval '1 min'
                  FROM t
                """, company.id(), contract, deal);
        return contract;
    }
}
