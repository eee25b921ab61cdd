package io.centurions.backoffice.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.StreamIn;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.contracts.contract.ContractCreated;
import io.centurions.contracts.contract.ContractSigned;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.HandoffId;
import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.lead.LeadQualified;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class DealIT {

    @Inject
    StreamIn stream;

    @Inject
    Database database;

    @Test
    void a_qualified_lead_told_twice_is_one_deal_with_its_briefing() {
        var company = Api.aCompany("venda");
        var lead = Api.aLead(company, "Maria");
        var fact = qualified(lead);

        var envelope = stream.bring(CompanyId.of(company.id()), fact, Instant.now());
        stream.again(envelope, fact);
        // Another event of the same hand-off, as after a loss of Redis.
        stream.bring(CompanyId.of(company.id()), fact, Instant.now());

        UUID deal = dealOf(company);
        stream.handled(LeadQualified.TYPE);
        assertThat(Admin.get().count("SELECT count(*) FROM " + company.schema() + ".deals"))
                .isOne();
        assertThat(Api.events(company)).filteredOn("deal.created"::equals).hasSize(1);
        Api.owner()
                .get(company.path() + "/deals/" + deal)
                .then()
                .statusCode(200)
                .body("leadId", equalTo(lead.toString()))
                .body("title", equalTo("Maria"))
                .body("score", equalTo(80))
                .body("status", equalTo("open"))
                .body("activities.size()", equalTo(1))
                .body("activities[0].kind", equalTo("handoff"));
        Api.owner().get("/v1/deals").then().statusCode(200).body("items.id", hasItem(deal.toString()));
    }

    @Test
    void a_hand_off_waits_for_the_companys_schema() {
        UUID id = UUID.randomUUID();
        var company = new Api.Made(id, Api.unique("cedo"));
        Admin.get()
                .execute(
                        "INSERT INTO core.companies (id, slug, name, schema_name) VALUES (?, ?, 'Cedo', ?)",
                        id,
                        company.slug(),
                        company.schema());
        var lead = Api.aLead(company, "João");

        stream.bring(CompanyId.of(id), qualified(lead), Instant.now());
        Api.owner().post(company.path() + "/provision").then().statusCode(200);

        assertThat(dealOf(company)).isNotNull();
    }

    @Test
    void a_change_by_a_person_is_mirrored_announced_and_audited() {
        var company = Api.aCompany("muda");
        UUID deal = aDeal(company);

        Api.owner()
                .body(Map.of("valueCents", 350000, "stage", "proposta"))
                .put(company.path() + "/deals/" + deal)
                .then()
                .statusCode(200)
                .body("valueCents", equalTo(350000))
                .body("stage", equalTo("proposta"))
                .body("status", equalTo("open"));
        Api.owner()
                .body(Map.of("status", "lost", "lostReason", "preço alto"))
                .put(company.path() + "/deals/" + deal)
                .then()
                .statusCode(200)
                .body("lostAt", notNullValue());

        assertThat(Admin.get()
                        .queryOne("SELECT status, stage, value_cents FROM core.deals_index WHERE deal_id = ?", deal))
                .containsEntry("status", "lost")
                .containsEntry("stage", "proposta")
                .containsEntry("value_cents", 350000L);
        assertThat(Api.events(company)).endsWith("deal.created", "deal.lost");
        assertThat((String) Admin.get()
                        .queryOne(
                                "SELECT payload::text AS payload FROM core.outbox_backoffice"
                                        + " WHERE company_id = ? AND type = 'deal.lost'",
                                company.id())
                        .get("payload"))
                .doesNotContain("preço");
        Api.owner().get(company.path() + "/audit").then().body("items[0].action", equalTo("deal.change"));
    }

    @Test
    void a_change_that_cannot_be_is_refused() {
        var company = Api.aCompany("nao");
        UUID deal = aDeal(company);

        Api.owner()
                .body(Map.of("stage", "inventado"))
                .put(company.path() + "/deals/" + deal)
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:centurions:problem:stage-unknown"))
                .body("title", equalTo("Stage unknown"));
        Api.owner()
                .body(Map.of("valueCents", -1))
                .put(company.path() + "/deals/" + deal)
                .then()
                .statusCode(400);
        Api.owner()
                .body(Map.of("stage", "novo"))
                .put(company.path() + "/deals/" + UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @Test
    void of_two_people_who_change_what_they_read_the_second_is_told() {
        var company = Api.aCompany("duas");
        String deal = company.path() + "/deals/" + aDeal(company);
        String tag = Api.owner().get(deal).then().extract().header("ETag");

        Api.as("crm_user", company.id())
                .header("If-Match", tag)
                .body(Map.of("stage", "proposta"))
                .put(deal)
                .then()
                .statusCode(200);
        Api.owner()
                .header("If-Match", tag)
                .body(Map.of("stage", "contato"))
                .put(deal)
                .then()
                .statusCode(412)
                .body("type", equalTo("urn:centurions:problem:version-stale"));

        Api.owner().get(deal).then().body("stage", equalTo("proposta"));
    }

    @Test
    void a_contract_is_tied_to_its_deal_and_its_signature_wins_it() {
        var company = Api.aCompany("assina");
        UUID deal = aDeal(company);
        var contract = ContractId.random();
        Instant signedAt = Instant.parse("2026-11-20T12:00:00Z");
        var lead = LeadId.random();

        stream.bring(
                CompanyId.of(company.id()), new ContractCreated(contract, DealId.of(deal), lead, signedAt), signedAt);
        var signed = new ContractSigned(contract, DealId.of(deal), lead, signedAt);
        var envelope = stream.bring(CompanyId.of(company.id()), signed, Instant.now());
        stream.again(envelope, signed);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Api.events(company)).contains("deal.won"));
        stream.handled(ContractSigned.TYPE);
        stream.handled(ContractCreated.TYPE);
        Api.owner()
                .get(company.path() + "/deals/" + deal)
                .then()
                .body("status", equalTo("won"))
                .body("contractId", equalTo(contract.toString()))
                .body("wonAt", equalTo("2026-11-20T12:00:00Z"))
                .body("activities.kind", hasItem("contract_signed"))
                .body("activities.kind", hasItem("contract_sent"));
        assertThat(Api.events(company)).filteredOn("deal.won"::equals).hasSize(1);
    }

    @Test
    void a_second_signed_contract_does_not_rewrite_the_win() {
        var company = Api.aCompany("duplo");
        UUID deal = aDeal(company);
        var lead = LeadId.random();
        var first = ContractId.random();
        Instant firstAt = Instant.parse("2026-11-20T12:00:00Z");

        stream.bring(
                CompanyId.of(company.id()), new ContractSigned(first, DealId.of(deal), lead, firstAt), Instant.now());
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Api.events(company)).contains("deal.won"));
        stream.bring(
                CompanyId.of(company.id()),
                new ContractSigned(ContractId.random(), DealId.of(deal), lead, firstAt.plusSeconds(3600)),
                Instant.now());
        stream.handled(ContractSigned.TYPE);

        // Both were worked on, so that the second had its chance.
        assertThat(Admin.get()
                        .count("SELECT count(*) FROM " + company.schema()
                                + ".activities WHERE kind = 'contract_signed'"))
                .isEqualTo(2);
        Api.owner()
                .get(company.path() + "/deals/" + deal)
                .then()
                .body("status", equalTo("won"))
                .body("contractId", equalTo(first.toString()))
                .body("wonAt", equalTo("2026-11-20T12:00:00Z"));
        assertThat(Api.events(company)).filteredOn("deal.won"::equals).hasSize(1);
    }

    @Test
    void a_signature_whose_deal_was_deleted_by_hand_is_set_aside_at_once_with_the_reason() {
        var company = Api.aCompany("sumiu");
        UUID deal = aDeal(company);
        deleteByHand(company, deal);
        var signed = new ContractSigned(ContractId.random(), DealId.of(deal), LeadId.random(), Instant.now());

        var envelope = stream.bring(CompanyId.of(company.id()), signed, Instant.now());

        stream.handled(ContractSigned.TYPE);
        assertThat(Admin.get()
                        .queryOne(
                                "SELECT reason FROM core.parked_events_backoffice WHERE event_id = ?",
                                envelope.id().value()))
                .containsEntry("reason", "the deal is gone from its company's schema");
    }

    @Test
    void a_signature_told_again_after_its_deal_was_deleted_by_hand_is_done() {
        var company = Api.aCompany("jafoi");
        UUID deal = aDeal(company);
        var signed = new ContractSigned(ContractId.random(), DealId.of(deal), LeadId.random(), Instant.now());
        var envelope = stream.bring(CompanyId.of(company.id()), signed, Instant.now());
        stream.handled(ContractSigned.TYPE);
        assertThat(Api.events(company)).contains("deal.won");
        deleteByHand(company, deal);

        stream.again(envelope, signed);

        stream.handled(ContractSigned.TYPE);
        assertThat(Admin.get()
                        .count("SELECT count(*) FROM core.parked_events_backoffice WHERE company_id = ?", company.id()))
                .isZero();
    }

    @Test
    void the_wrong_claim_shows_and_changes_nothing_in_a_companys_schema() {
        var company = Api.aCompany("muro");
        var other = Api.aCompany("curioso");
        UUID deal = aDeal(company);
        String deals = company.schema() + ".deals";

        var seen = database.asCompany(CompanyId.of(other.id()), tx -> tx.query("SELECT * FROM " + deals));
        int changed =
                database.asCompany(CompanyId.of(other.id()), tx -> tx.execute("UPDATE " + deals + " SET title = 'x'"));

        assertThat(seen).isEmpty();
        assertThat(changed).isZero();
        assertThat(database.call("SELECT 1 FROM " + deals)).isEmpty();
        assertThatThrownBy(() -> database.runAsCompany(
                        CompanyId.of(other.id()),
                        tx -> tx.execute(
                                "INSERT INTO " + deals + " (core_lead_id, title) VALUES ($1, 'x')", UUID.randomUUID())))
                .isInstanceOf(PgException.class)
                .hasMessageContaining("row-level security");
        assertThatThrownBy(() -> database.runAsCompany(
                        CompanyId.of(company.id()),
                        tx -> tx.execute("UPDATE " + deals + " SET core_lead_id = $1", UUID.randomUUID())))
                .isInstanceOf(PgException.class)
                .hasMessageContaining("origin");
        assertThat(database.<Integer>asCompany(
                        CompanyId.of(company.id()),
                        tx -> tx.query("SELECT * FROM " + deals).size()))
                .isOne();
        Api.owner().get(other.path() + "/deals/" + deal).then().statusCode(404);
    }

    @Test
    void the_companys_own_front_writes_a_deal_and_the_index_follows() {
        var company = Api.aCompany("frente");
        UUID lead = Api.aLead(company, "Nossa");

        Admin.get().execute("""
                DO $$ BEGIN
                    SET LOCAL ROLE crm_user;
                    PERFORM set_config('request.jwt.claims', '{"company_id": "%s"}', true);
                    INSERT INTO %s.deals (core_lead_id, title, status) VALUES ('%s', 'Nosso', 'won');
                END $$""".formatted(company.id(), company.schema(), lead));

        assertThat(Admin.get()
                        .queryOne("SELECT title, status FROM core.deals_index WHERE company_id = ?", company.id()))
                .containsEntry("title", "Nosso")
                .containsEntry("status", "won");
        assertThat(Api.events(company)).endsWith("deal.created", "deal.won");
    }

    private static LeadQualified qualified(UUID lead) {
        return new LeadQualified(LeadId.of(lead), ConversationId.random(), HandoffId.random(), 80);
    }

    private static void deleteByHand(Api.Made company, UUID deal) {
        Admin.get().execute("DELETE FROM " + company.schema() + ".activities WHERE deal_id = ?", deal);
        Admin.get().execute("DELETE FROM " + company.schema() + ".deals WHERE id = ?", deal);
    }

    private UUID aDeal(Api.Made company) {
        stream.bring(CompanyId.of(company.id()), qualified(Api.aLead(company, "Maria")), Instant.now());
        return dealOf(company);
    }

    private static UUID dealOf(Api.Made company) {
        return await().atMost(Duration.ofSeconds(10))
                .until(
                        () ->
                                Admin.get()
                                        .query(
                                                "SELECT deal_id FROM core.deals_index WHERE company_id = ?",
                                                company.id())
                                        .stream()
                                        .map(row -> (UUID) row.get("deal_id"))
                                        .findFirst()
                                        .orElse(null),
                        found -> found != null);
    }
}
