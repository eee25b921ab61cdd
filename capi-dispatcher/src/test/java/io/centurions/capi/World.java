package io.centurions.capi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.contracts.Envelope;
import io.centurions.contracts.Event;
import io.centurions.contracts.Streams;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.EventId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.outbox.EventJson;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.quarkus.redis.datasource.RedisDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.config.ConfigProvider;

/** One company with a dataset of its own, seen from outside: facts go in by the streams, calls come out at Meta. */
public final class World {

    private static final String SANDBOX = ConfigProvider.getConfig().getValue("sandbox.url", String.class);

    private final RedisDataSource redis;
    private final Admin admin = Admin.get();
    public final CompanyId company;
    public final String dataset;

    private World(RedisDataSource redis) {
        this.redis = redis;
        this.company = Companies.make("capi").company();
        long unique = Math.abs(company.value().getLeastSignificantBits() % 1_000_000_000L);
        this.dataset = String.valueOf(1_000_000_000_000L + unique);
    }

    static World withoutPixel(RedisDataSource redis) {
        return new World(redis);
    }

    static World withPixel(RedisDataSource redis) {
        return withPixel(redis, "200000000000002", null);
    }

    static World withPixel(RedisDataSource redis, String waba, String sealedToken) {
        var world = new World(redis);
        world.admin.execute("""
                INSERT INTO core.pixel_configs (company_id, dataset_id, waba_id, sealed_access_token)
                VALUES (?, ?, ?, ?)
                """, world.company.value(), world.dataset, waba, sealedToken);
        return world;
    }

    void sealedToken(String sealed) {
        admin.execute(
                "UPDATE core.pixel_configs SET sealed_access_token = ? WHERE company_id = ?", sealed, company.value());
    }

    LeadId adLead() {
        return lead("whatsapp_ad", "{\"ctwa_clid\": \"ARA0demo-ClickId_0001\", \"ad_id\": \"120\"}");
    }

    LeadId lead(String source, String attribution) {
        LeadId lead = LeadId.random();
        admin.execute("""
                INSERT INTO core.leads (id, company_id, name, phone, email, source, attribution)
                VALUES (?, ?, 'Maria da Silva', '5511988887777', 'maria.teste@cliente.example', ?, ?::jsonb)
                """, lead.value(), company.value(), source, attribution);
        return lead;
    }

    void mirror(DealId deal, LeadId lead, long cents) {
        admin.execute("""
                INSERT INTO core.deals_index (company_id, deal_id, core_lead_id, schema_name, title, status, stage,
                                              value_cents, currency, created_at, updated_at)
                VALUES (?, ?, ?, 'empresa_demo', 'Negócio', 'open', 'novo', ?, 'BRL', now(), now())
                """, company.value(), deal.value(), lead.value(), cents);
    }

    void status(String status) {
        admin.execute("UPDATE core.companies SET status = ? WHERE id = ?", status, company.value());
    }

    Envelope tell(Event event) {
        return tell(event, Instant.now());
    }

    Envelope tell(Event event, Instant occurredAt) {
        var envelope = new Envelope(
                EventId.random(),
                event.type(),
                event.version(),
                company,
                event.subject().value(),
                event.seq(),
                occurredAt,
                UUID.randomUUID(),
                null,
                null,
                "a-test",
                false);
        repeat(envelope, event);
        return envelope;
    }

    void repeat(Envelope envelope, Event event) {
        redis.stream(String.class)
                .xadd(
                        Streams.key(event.type()),
                        Map.of(
                                Streams.ENVELOPE, EventJson.write(envelope),
                                Streams.PAYLOAD, EventJson.write(event)));
    }

    /** The next calls to this dataset go wrong. */
    void fault(int status, int times, String body) {
        String answer = body.startsWith("{") ? body : "\"" + body + "\"";
        given().contentType("application/json")
                .body("{\"provider\":\"meta\",\"path\":\"/%s/events\",\"status\":%d,\"times\":%d,\"body\":%s}"
                        .formatted(dataset, status, times, answer))
                .post(SANDBOX + "/faults")
                .then()
                .statusCode(201);
    }

    /** The next call to this dataset is refused as one too many, and none is made for so long. */
    void limit(Duration rest) {
        given().contentType("application/json")
                .body("""
                        {"provider":"meta","path":"/%s/events","status":400,"times":1,
                         "headers":{"Retry-After":"%d"},"body":{"error":{"code":4,"fbtrace_id":"A1"}}}
                        """.formatted(dataset, rest.toSeconds()))
                .post(SANDBOX + "/faults")
                .then()
                .statusCode(201);
    }

    /** The next call to this dataset is answered late. */
    void delay(Duration late) {
        given().contentType("application/json")
                .body("{\"provider\":\"meta\",\"path\":\"/%s/events\",\"delayMs\":%d,\"times\":1}"
                        .formatted(dataset, late.toMillis()))
                .post(SANDBOX + "/faults")
                .then()
                .statusCode(201);
    }

    /** The bodies of the calls to this dataset, in order. */
    List<JsonNode> calls() {
        String log = given().get(SANDBOX + "/calls?provider=meta").asString();
        var bodies = new ArrayList<JsonNode>();
        Fixtures.json(log).forEach(call -> {
            if (call.get("path").textValue().contains("/" + dataset + "/events")) {
                bodies.add(call.get("body"));
            }
        });
        return bodies;
    }

    /** The events that were posted to this dataset, in order, refused ones and repeats included. */
    List<JsonNode> posted() {
        var events = new ArrayList<JsonNode>();
        calls().forEach(body -> body.get("data").forEach(events::add));
        return events;
    }

    List<String> postedNames() {
        return posted().stream()
                .map(event -> event.get("event_name").textValue())
                .toList();
    }

    List<Map<String, Object>> rows() {
        return admin.query("SELECT * FROM core.marketing_events WHERE company_id = ? ORDER BY id", company.value());
    }

    Map<String, Object> row(String name) {
        return admin.queryOne(
                "SELECT * FROM core.marketing_events WHERE company_id = ? AND event_name = ?", company.value(), name);
    }

    void change(String setting, Object... parameters) {
        var all = new ArrayList<>(List.of(parameters));
        all.add(company.value());
        admin.execute("UPDATE core.marketing_events SET " + setting + " WHERE company_id = ?", all.toArray());
    }

    /** Waits also for the row itself. */
    void awaitStatus(String name, String status) {
        patiently()
                .untilAsserted(() -> assertThat(rows())
                        .anySatisfy(row -> assertThat(row)
                                .containsEntry("event_name", name)
                                .containsEntry("status", status)));
    }

    void awaitStatusOfOnlyRow(String status) {
        patiently()
                .untilAsserted(() ->
                        assertThat(rows()).extracting(row -> row.get("status")).containsExactly(status));
    }

    /** The payloads of conversion.dispatched that this company's transactions stored. */
    List<JsonNode> announced() {
        return admin.query("""
                        SELECT payload::text AS payload FROM core.outbox_capi
                         WHERE company_id = ? AND type = 'conversion.dispatched' ORDER BY position
                        """, company.value()).stream()
                .map(row -> Fixtures.json((String) row.get("payload")))
                .toList();
    }

    static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
    }
}
