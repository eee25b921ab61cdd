package io.centurions.backoffice.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every POST below /v1, sent twice with one key: the second does nothing and tells what the first did. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class KeyedPostIT {

    /** Its bearer needs an address that the issuer vouches for: InvitationIT repeats it. */
    private static final List<String> ELSEWHERE = List.of("POST /v1/invitations/accept");

    private static final String TABLES = """
            SELECT table_name FROM information_schema.columns
             WHERE table_schema = 'core' AND column_name = 'version' AND data_type IN ('integer', 'bigint')
               AND table_name NOT IN ('fleet_migrations', 'deals_index')
               AND table_name NOT LIKE 'flyway%' AND table_name NOT LIKE 'stream%'
            """;

    private final String key = UUID.randomUUID().toString();

    static Stream<String> posts() {
        return RoleMatrix.lines().stream()
                .map(RoleMatrix.Line::endpoint)
                .filter(endpoint -> endpoint.startsWith("POST /v1/") && !ELSEWHERE.contains(endpoint));
    }

    @BeforeEach
    @AfterEach
    void no_migration_of_the_fleet_is_left_open() {
        Admin.get().execute("UPDATE core.fleet_migrations SET state = 'finished' WHERE state IN ('canary', 'running')");
    }

    @ParameterizedTest
    @MethodSource("posts")
    void the_same_request_again_does_nothing_and_another_one_is_refused(String endpoint) {
        KeyedPost post = new KeyedPosts().of(endpoint);

        Response first = send(post.path(), post.body());
        assertThat(first.statusCode()).as(first.asString()).isBetween(200, 202);
        assertThat(first.header("Idempotent-Replay")).isNull();
        post.between().run();
        Map<String, Object> done = effects();
        Response again = send(post.path(), post.body());

        assertThat(again.statusCode()).as(again.asString()).isBetween(200, first.statusCode());
        assertThat(again.header("Idempotent-Replay")).isEqualTo("true");
        assertThat(told(again, post)).isEqualTo(told(first, post));
        assertThat(effects()).isEqualTo(done);
        if (post.otherPath() != null) {
            send(post.otherPath(), post.other())
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("urn:centurions:problem:idempotency-key-reused"));
            assertThat(effects()).isEqualTo(done);
        }
    }

    private Response send(String path, Map<String, ?> body) {
        var request = Api.owner().header("Idempotency-Key", key);
        return (body == null ? request : request.body(body)).post(path);
    }

    // What is told once is not told again; an address of a file is signed anew.
    private static Object told(Response answer, KeyedPost post) {
        JsonObject body = new JsonObject(answer.asString());
        if (post.live()) {
            return String.valueOf(body.getValue("id"));
        }
        body.fieldNames().removeAll(List.of("invitationToken", "key", "url", "urlExpiresAt"));
        return body;
    }

    /** What is there, in which versions, what was kept of it and announced, and what others were asked to do. */
    private static Map<String, Object> effects() {
        Admin admin = Admin.get();
        Map<String, Object> effects = new TreeMap<>();
        for (var table : admin.query(TABLES)) {
            String name = String.valueOf(table.get("table_name"));
            effects.put(name, admin.queryOne("SELECT count(*) AS n, sum(version) AS versions FROM core." + name));
        }
        for (String kept :
                List.of("audit_log", "holding_audit", "files", "conversations", "takeovers", "centurion_versions")) {
            effects.put(kept + " kept", admin.count("SELECT count(*) FROM core." + kept));
        }
        effects.put("announced", admin.queryOne("SELECT max(position) AS last FROM core.outbox_backoffice"));
        effects.put(
                "asked of others",
                Api.neighbourCalls("/internal").stream()
                        .filter(call -> !call.getString("method").equals("GET"))
                        .count());
        return effects;
    }
}
