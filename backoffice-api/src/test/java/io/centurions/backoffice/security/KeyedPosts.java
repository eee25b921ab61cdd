package io.centurions.backoffice.security;

import io.centurions.backoffice.Api;
import io.centurions.platform.testkit.Admin;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** For each POST below /v1 one that does something, in a company of its own. */
final class KeyedPosts {

    private static final JsonObject BODIES = RoleMatrix.bodies();
    private static final Map<String, Object> COMPLETE = Map.of(
            "prompt",
            "Você é a Bia.",
            "criteria",
            List.of(Map.of("key", "orcamento", "question", "Qual é o seu orçamento?", "weight", 40, "required", true)));
    private static final String OF_COMPANY = "/v1/companies/{companyId}";

    private final Api.Made company = Api.aCompany("chave");
    private final Map<String, Supplier<KeyedPost>> byEndpoint = new HashMap<>();

    KeyedPosts() {
        companies();
        people();
        centurions();
        channels();
        sales();
        settings();
        holding();
        parked();
    }

    /** @throws AssertionError for an endpoint that nobody has written one for */
    KeyedPost of(String endpoint) {
        if (!byEndpoint.containsKey(endpoint)) {
            throw new AssertionError(endpoint + " is new: say here what it does, so that its key can be tried");
        }
        return byEndpoint.get(endpoint).get();
    }

    private void post(String path, Supplier<KeyedPost> post) {
        byEndpoint.put("POST " + path, post);
    }

    private void companies() {
        post(
                "/v1/companies",
                () -> KeyedPost.of("/v1/companies", Map.of("name", "Um", "slug", Api.unique("um")))
                        .or(Map.of("name", "Dois", "slug", Api.unique("dois"))));
        for (String end : List.of("suspend", "archive")) {
            post(
                    OF_COMPANY + "/" + end,
                    () -> KeyedPost.of(company.path() + "/" + end, Map.of("reason", "teste"))
                            .or(Map.of("reason", "outro")));
        }
        post(OF_COMPANY + "/resume", () -> {
            Api.owner().body(Map.of("reason", "teste")).post(company.path() + "/suspend");
            return KeyedPost.of(company.path() + "/resume");
        });
        post(OF_COMPANY + "/provision", () -> KeyedPost.of(company.path() + "/provision"));
        post(
                "/v1/fleet-migrations",
                () -> KeyedPost.of("/v1/fleet-migrations", Map.of("atOnce", 2))
                        .or(Map.of("atOnce", 3))
                        .shownLive());
        post("/v1/fleet-migrations/{id}/halt", () -> fleetMigration("canary", "halt"));
        post("/v1/fleet-migrations/{id}/retry", () -> fleetMigration("halted", "retry"));
    }

    private KeyedPost fleetMigration(String state, String act) {
        String path = "/v1/fleet-migrations/" + insert("""
                INSERT INTO core.fleet_migrations (state, target_version, at_once, started_by) VALUES (?, 1, 1, 'test')
                RETURNING id
                """, state) + "/" + act;
        return KeyedPost.of(path)
                .orOf("/v1/fleet-migrations/" + UUID.randomUUID() + "/" + act)
                .shownLive();
    }

    private void people() {
        post(
                OF_COMPANY + "/people",
                () -> KeyedPost.of(company.path() + "/people", person("crm_user"))
                        .or(person("crm_user")));
        post(
                "/v1/people",
                () -> KeyedPost.of("/v1/people", person("ai_supervisor")).or(person("ai_supervisor")));
        for (String act : List.of("deactivate", "invitation")) {
            post(OF_COMPANY + "/people/{id}/" + act, () -> twoOf(company.path() + "/people", "crm_user", act));
            post("/v1/people/{id}/" + act, () -> twoOf("/v1/people", "ai_supervisor", act));
        }
    }

    private static Map<String, ?> person(String role) {
        return Map.of("email", UUID.randomUUID() + "@gente.test", "name", "Bia", "role", role);
    }

    private static KeyedPost twoOf(String people, String role, String act) {
        return KeyedPost.of(people + "/" + made(people, person(role)) + "/" + act)
                .orOf(people + "/" + made(people, person(role)) + "/" + act);
    }

    private void centurions() {
        String centurions = company.path() + "/centurions";
        Map<String, ?> config = Map.of("config", COMPLETE);
        post(
                OF_COMPANY + "/centurions",
                () -> KeyedPost.of(centurions, named("Bia", config)).or(named("Eva", config)));
        post(
                OF_COMPANY + "/centurions/validate",
                () -> KeyedPost.of(centurions + "/validate", config).or(Map.of("config", Map.of("prompt", "Outra"))));
        for (String act : List.of("validate", "publish")) {
            post(OF_COMPANY + "/centurions/{id}/" + act, () -> {
                String other = centurions + "/" + made(centurions, named("Eva", config)) + "/" + act;
                return KeyedPost.of(centurions + "/" + made(centurions, named("Bia", config)) + "/" + act)
                        .orOf(other);
            });
        }
        post(OF_COMPANY + "/centurions/{id}/versions/{number}/restore", () -> {
            String one = centurions + "/" + made(centurions, named("Bia", config));
            Api.owner().post(one + "/publish").then().statusCode(200);
            Api.owner().post(one + "/publish").then().statusCode(200);
            return KeyedPost.of(one + "/versions/1/restore").orOf(one + "/versions/2/restore");
        });
    }

    private void channels() {
        post(OF_COMPANY + "/channels", () -> {
            Map<String, ?> zap = Map.of("channel", "whatsapp", "centurionId", Api.aCenturion(company));
            return KeyedPost.of(company.path() + "/channels", named("Um", zap))
                    .or(named("Dois", zap))
                    .shownLive();
        });
        for (String act : List.of("connect", "restart", "disconnect")) {
            post(
                    OF_COMPANY + "/channels/{id}/" + act,
                    () -> KeyedPost.of(company.path() + "/channels/" + Api.aWhatsapp(company) + "/" + act)
                            .orOf(company.path() + "/channels/" + Api.aWhatsapp(company) + "/" + act)
                            .shownLive());
        }
    }

    private void sales() {
        for (String act : List.of("takeover", "return")) {
            post(
                    OF_COMPANY + "/conversations/{id}/" + act,
                    () -> KeyedPost.of(
                                    company.path() + "/conversations/" + aConversation(act) + "/" + act,
                                    Map.of("reason", "um"))
                            .or(Map.of("reason", "dois")));
        }
        Map<String, ?> text = Map.of("body", "Olá");
        post(
                OF_COMPANY + "/contract-templates",
                () -> KeyedPost.of(company.path() + "/contract-templates", named("Proposta", text))
                        .or(named("Contrato", text)));
        post(
                OF_COMPANY + "/deals/{dealId}/contracts",
                () -> KeyedPost.of(contracts(), contract("Bia")).or(contract("Eva")));
        post(
                OF_COMPANY + "/contracts/{id}/cancel",
                () -> KeyedPost.of(company.path() + "/contracts/" + made(contracts(), contract("Bia")) + "/cancel")
                        .orOf(company.path() + "/contracts/" + UUID.randomUUID() + "/cancel"));
    }

    private UUID aConversation(String act) {
        String state = act.equals("takeover") ? "ai" : "waiting_human";
        return insert("""
                INSERT INTO core.conversations (id, company_id, lead_id, instance_id, channel, chat_ref, inbound_seq, state)
                VALUES (gen_random_uuid(), ?, ?, gen_random_uuid(), 'whatsapp', '5511988887777', 1, ?) RETURNING id
                """, company.id(), Api.aLead(company, "Maria"), state);
    }

    private String contracts() {
        UUID deal = insert(
                "INSERT INTO " + company.schema()
                        + ".deals (company_id, core_lead_id, title) VALUES (?, ?, 'Um') RETURNING id",
                company.id(),
                Api.aLead(company, "Maria"));
        return company.path() + "/deals/" + deal + "/contracts";
    }

    private static Map<String, ?> contract(String signer) {
        return Map.of("templateId", new UUID(0, 1), "signers", List.of(Map.of("name", signer)));
    }

    private void settings() {
        for (String kind :
                List.of("media-sequences", "follow-ups", "tools", "mcp-servers", "knowledge-bases", "api-keys")) {
            Map<String, Object> body = example("POST " + OF_COMPANY + "/" + kind);
            post(
                    OF_COMPANY + "/" + kind,
                    () -> KeyedPost.of(company.path() + "/" + kind, body).or(named("Outro", body)));
        }
        post(OF_COMPANY + "/lead-forms", () -> {
            Api.aWhatsapp(company);
            return KeyedPost.of(company.path() + "/lead-forms", Map.of("name", "Site"))
                    .or(Map.of("name", "Outro"));
        });
        post(
                OF_COMPANY + "/pixels",
                () -> KeyedPost.of(company.path() + "/pixels", Map.of("datasetId", "123456789"))
                        .or(Map.of("datasetId", "987654321")));
        post(
                OF_COMPANY + "/files",
                () -> KeyedPost.of(company.path() + "/files", Map.of("um", "texto"))
                        .or(Map.of("dois", "textos")));
    }

    private void holding() {
        Map<String, Object> plan = example("POST /v1/plans");
        post(
                "/v1/plans",
                () -> KeyedPost.of("/v1/plans", named(Api.unique("um"), plan)).or(named(Api.unique("dois"), plan)));
        post("/v1/key-ring/reseal", () -> KeyedPost.of("/v1/key-ring/reseal"));
        Map<String, Object> window = example("POST /v1/webhooks/rebuild");
        post("/v1/webhooks/rebuild", () -> {
            Map<String, Object> other = new HashMap<>(window);
            other.put("to", "2026-01-01T02:00:00Z");
            return KeyedPost.of("/v1/webhooks/rebuild", window).or(other);
        });
    }

    private void parked() {
        for (String act : List.of("reprocess", "discard")) {
            Map<String, ?> reason = act.equals("discard") ? Map.of("reason", "um") : null;
            post(
                    "/v1/parked-events/{service}/{id}/" + act,
                    () -> KeyedPost.of("/v1/parked-events/capi-dispatcher/" + anEvent() + "/" + act, reason)
                            .orOf("/v1/parked-events/capi-dispatcher/" + anEvent() + "/" + act));
            post("/v1/parked-webhooks/{service}/{id}/" + act, () -> {
                UUID one = aWebhook(company.id());
                return KeyedPost.of("/v1/parked-webhooks/agent-runtime/" + one + "/" + act, reason)
                        .orOf("/v1/parked-webhooks/agent-runtime/" + aWebhook(company.id()) + "/" + act)
                        .andThen(() -> handledByItsGateway(one))
                        .shownLive();
            });
        }
        post(
                "/v1/parked-events/reprocess",
                () -> KeyedPost.of("/v1/parked-events/reprocess", Map.of("ids", List.of(anEvent(), anEvent())))
                        .or(Map.of("ids", List.of(anEvent()))));
        post("/v1/parked-webhooks/reprocess", () -> {
            List<UUID> ids = List.of(aWebhook(company.id()), aWebhook(null), aWebhook(null));
            return KeyedPost.of("/v1/parked-webhooks/reprocess", Map.of("ids", ids))
                    .or(Map.of("ids", List.of(aWebhook(company.id()))))
                    .andThen(() -> ids.forEach(KeyedPosts::handledByItsGateway));
        });
    }

    private UUID anEvent() {
        UUID event = UUID.randomUUID();
        String envelope = """
                {"id":"%s","type":"lead.created","version":1,"company":"%s","subject":"%s","seq":0,
                 "occurredAt":"2026-11-19T12:00:00Z","correlationId":"%s","producer":"agent-runtime","replay":false}
                """.formatted(event, company.id(), event, event);
        return insert("""
                INSERT INTO core.parked_events_capi (company_id, event_id, stream, consumer, envelope, payload, reason)
                VALUES (?, ?, 'lead.created', 'capi-dispatcher', ?::jsonb, '{}', 'the lead is not there') RETURNING id
                """, company.id(), event, envelope);
    }

    private static UUID aWebhook(UUID company) {
        return insert("""
                INSERT INTO core.webhook_inbox_runtime (company_id, provider, address, body, reason)
                VALUES (?, 'instagram', '/webhooks/instagram', '{}'::bytea, 'unknown_account') RETURNING id
                """, company);
    }

    // What the simulated gateway leaves undone.
    private static void handledByItsGateway(UUID webhook) {
        Admin.get()
                .execute(
                        "UPDATE core.webhook_inbox_runtime SET state = 'reprocessed' WHERE id = ? AND state = 'parked'",
                        webhook);
    }

    private static UUID insert(String sql, Object... parameters) {
        return (UUID) Admin.get().queryOne(sql, parameters).get("id");
    }

    private static String made(String path, Map<String, ?> body) {
        return Api.owner()
                .body(body)
                .post(path)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Map<String, Object> example(String endpoint) {
        return BODIES.getJsonObject(endpoint).getMap();
    }

    private static Map<String, ?> named(String name, Map<String, ?> body) {
        Map<String, Object> named = new HashMap<>(body);
        named.put("name", name);
        return named;
    }
}
