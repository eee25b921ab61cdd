package io.centurions.backoffice.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.security.RoleMatrix.Line;
import io.centurions.contracts.Uuid7;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A thing of one company, asked for under another one, by the holding's owner who may see both: every
 * endpoint that names a thing answers as if there were none.
 */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ForeignThingsIT {

    private static final Pattern NAMES_A_THING = Pattern.compile("/v1/companies/\\{companyId}/([a-z-]+)/\\{(\\w+)}.*");
    private static final JsonObject BODIES = RoleMatrix.bodies();

    /** Of a company's own names, which another company may have too. */
    private static final String NAME = "chave";

    private final Map<String, String> things = new HashMap<>();
    private Api.Made own;
    private Api.Made other;

    @BeforeEach
    void another_company_has_one_of_everything() {
        own = Api.aCompany("propria");
        other = Api.aCompany("alheia");
        UUID lead = Api.aLead(other, "Maria");
        things.put("channels", Api.aWhatsapp(other).toString());
        things.put("centurions", Api.aCenturion(other).toString());
        things.put("leads", lead.toString());
        things.put("conversations", aConversation(lead).toString());
        things.put("deals", aDeal(lead).toString());
        // Kept by autentique-service, which is asked for the company's own only.
        things.put("contracts", UUID.randomUUID().toString());
        for (String made : List.of(
                "people",
                "pixels",
                "lead-forms",
                "media-sequences",
                "follow-ups",
                "tools",
                "mcp-servers",
                "knowledge-bases",
                "api-keys",
                "files")) {
            things.put(made, made(made));
        }
        things.put("secrets", NAME);
        Api.owner()
                .body(Map.of("value", "v"))
                .put(other.path() + "/secrets/" + NAME)
                .then()
                .statusCode(201);
    }

    @Test
    void a_thing_of_another_company_is_not_there() {
        List<String> wrong = new ArrayList<>();
        for (Line line : RoleMatrix.lines()) {
            var named = NAMES_A_THING.matcher(line.path());
            if (named.matches()) {
                String thing = things.get(named.group(1));
                assertThat(thing).as("one of the " + named.group(1)).isNotNull();
                Response answer = call(line, thing);
                // A company may make a secret of a name that another one has; here it says that it
                // changes one.
                boolean madeAnew =
                        line.endpoint().startsWith("PUT") && named.group(2).equals("name");
                if (answer.statusCode() != (madeAnew ? 412 : 404)) {
                    wrong.add(line.endpoint() + " answered " + answer.statusCode() + " " + answer.asString());
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void each_of_them_is_there_under_its_own_company() {
        for (String kind : things.keySet()) {
            if (!List.of("conversations", "contracts").contains(kind)) {
                Api.owner()
                        .get(other.path() + "/" + kind + "/" + things.get(kind))
                        .then()
                        .statusCode(200);
            }
        }
    }

    private Response call(Line line, String thing) {
        var request = Api.owner().header("If-Match", "*");
        if (BODIES.containsKey(line.endpoint())) {
            request.body(BODIES.getJsonObject(line.endpoint()).encode());
        }
        String path = line.path()
                .replace("{companyId}", own.id().toString())
                .replace("{number}", "1")
                .replaceAll("\\{\\w+}", thing);
        return request.request(line.method(), path);
    }

    private String made(String kind) {
        JsonObject body = BODIES.getJsonObject("POST /v1/companies/{companyId}/" + kind);
        return Api.owner()
                .body(body.encode())
                .post(other.path() + "/" + kind)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private UUID aConversation(UUID lead) {
        UUID conversation = UUID.randomUUID();
        Admin.get().execute("""
                INSERT INTO core.conversations (id, company_id, lead_id, instance_id, channel, chat_ref, inbound_seq)
                VALUES (?, ?, ?, ?, 'whatsapp', '5511988887777', 1)
                """, conversation, other.id(), lead, UUID.randomUUID());
        return conversation;
    }

    private UUID aDeal(UUID lead) {
        UUID deal = Uuid7.next();
        Admin.get()
                .execute(
                        "INSERT INTO " + other.schema()
                                + ".deals (id, company_id, core_lead_id, title) VALUES (?, ?, ?, 'Um')",
                        deal,
                        other.id(),
                        lead);
        return deal;
    }
}
