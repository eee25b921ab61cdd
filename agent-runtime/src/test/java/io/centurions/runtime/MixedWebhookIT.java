package io.centurions.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies of Instagram that speak of several accounts, of ours and of nobody's. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class MixedWebhookIT {

    private static final String INBOX = "core.webhook_inbox_runtime";

    @TestHTTPResource
    URI self;

    @Inject
    Secrets secrets;

    private Operator operator;
    private Rows scene;
    private Rows other;
    private Instant before;
    private String nobody;
    private String mid;

    @BeforeEach
    void open() {
        String url = self.toString().replaceAll("/$", "");
        operator = new Operator(url);
        scene = new Rows(Scene.open(url, secrets)).silent();
        other = new Rows(Scene.open(url, secrets)).silent();
        before = Instant.now().minusSeconds(1);
        nobody = "9" + other.scene().demo.instagramId();
        mid = "mid-" + UUID.randomUUID();
    }

    @Test
    void each_instance_is_restored_by_itself_from_a_body_that_speaks_to_two() {
        operator.posts(body(page(ours("1"), theirs("2"), ours("3"))));

        assertThat(kept("1"))
                .containsEntry("company_id", scene.company())
                .containsEntry("instance_id", scene.instagram());
        assertThat(kept("2"))
                .containsEntry("company_id", other.company())
                .containsEntry("instance_id", other.instagram());
        assertThat(List.of(scene.texts(), other.texts())).containsExactly(2L, 1L);
        scene.lose();
        other.lose();

        assertThat(rebuilt(scene)).isEqualTo("kept 1, restored 2, unchanged 0, parked 0");
        assertThat(List.of(scene.texts(), other.texts())).containsExactly(2L, 0L);
        assertThat(rebuilt(other)).isEqualTo("kept 1, restored 1, unchanged 0, parked 0");
        assertThat(rebuilt(scene)).isEqualTo("kept 1, restored 0, unchanged 2, parked 0");
        assertThat(List.of(scene.texts(), other.texts())).containsExactly(2L, 1L);
        assertThat(scene.answered()).isTrue();
        assertThat(other.answered()).isTrue();
    }

    @Test
    void a_body_that_was_kept_for_no_single_instance_is_restored_for_the_one_that_is_asked_for() {
        keep("applied", null, body(page(ours("1"), theirs("2"))));
        keep("applied", null, body(page(theirs("3"))));
        keep("parked", null, body(page(ours("4"), nobodys("5"))));
        keep("parked", null, "{\"object\":");

        assertThat(rebuilt(scene)).isEqualTo("kept 2, restored 1, unchanged 0, parked 1");

        assertThat(List.of(scene.texts(), other.texts())).containsExactly(1L, 0L);
        assertThat(scene.answered()).isTrue();
    }

    @Test
    void what_was_said_to_one_company_is_restored_for_no_other_that_has_the_account_now() {
        keep("applied", scene, body(page(ours("1"))));
        scene.connectInstagram("7" + scene.scene().demo.instagramId());
        other.connectInstagram(scene.scene().demo.instagramId());

        assertThat(rebuilt(other)).isEqualTo("kept 0, restored 0, unchanged 0, parked 0");
        assertThat(rebuilt(scene)).isEqualTo("kept 1, restored 1, unchanged 0, parked 0");
        assertThat(List.of(scene.texts(), other.texts())).containsExactly(1L, 0L);
    }

    @Test
    void what_is_said_to_an_account_is_for_whoever_has_it_at_that_moment() {
        operator.posts(body(page(ours("1"))));
        scene.disconnectInstagram();
        other.connectInstagram(scene.scene().demo.instagramId());

        operator.posts(body(page(ours("2"))));

        assertThat(List.of(scene.texts(), other.texts())).containsExactly(1L, 1L);
        assertThat(kept("2"))
                .containsEntry("state", "applied")
                .containsEntry("company_id", other.company())
                .containsEntry("instance_id", other.instagram());
    }

    @Test
    void of_one_entry_ours_is_rebuilt_and_only_nobodys_waits_and_a_refused_reprocess_changes_nothing() {
        operator.posts(body(page(ours("1"), nobodys("2"))));

        assertThat(kept("1"))
                .containsEntry("state", "applied")
                .containsEntry("instance_id", scene.instagram())
                .containsEntry("type", "application/json");
        Map<String, Object> parked = kept("2");
        assertThat(parked)
                .containsEntry("state", "parked")
                .containsEntry("type", "application/json")
                .containsEntry("reason", "unknown_account")
                .containsEntry("instance_id", null);
        assertThat((String) parked.get("body")).doesNotContain(mid + "-1");
        scene.lose();
        assertRefusedWithoutEffect(parked);

        assertThat(rebuilt(scene)).isEqualTo("kept 1, restored 1, unchanged 0, parked 0");
        assertThat(scene.answered()).isTrue();
        assertRefusedWithoutEffect(parked);
        assertThat(scene.answered()).isTrue();
    }

    private void assertRefusedWithoutEffect(Map<String, Object> parked) {
        long told = scene.announced();
        Map<String, Object> was = scene.everything();

        Http.Response refused = operator.reprocesses(parked.get("id"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("type").asText()).endsWith(":unknown-account");
        assertThat(refused.json().path("detail").asText())
                .isEqualTo("connect the Instagram account %s to a company first, as a channel of it, then reprocess"
                        .formatted(nobody));
        assertThat(scene.everything()).isEqualTo(was);
        assertThat(scene.announced()).isEqualTo(told);
        assertThat(kept("2")).isEqualTo(parked);
    }

    @Test
    void ours_that_an_earlier_release_parked_with_nobodys_is_not_stored_by_a_refused_reprocess() {
        UUID parked = keep("parked", null, body(page(ours("1"), nobodys("2"))));
        Map<String, Object> was = scene.everything();

        assertThat(operator.reprocesses(parked).status()).isEqualTo(422);

        assertThat(scene.everything()).isEqualTo(was);
        assertThat(scene.announced()).isZero();
        other.connectInstagram(nobody);
        assertThat(operator.reprocesses(parked).status()).isEqualTo(200);
        assertThat(List.of(scene.texts(), other.texts())).containsExactly(1L, 1L);
        scene.lose();
        assertThat(rebuilt(scene)).isEqualTo("kept 1, restored 1, unchanged 0, parked 0");
    }

    @Test
    void a_repeat_parks_nothing_twice_whatever_comes_with_it_and_however_many_at_once() throws Exception {
        operator.posts(body(page(ours("1"), nobodys("2"))));
        String later = body(page(nobodys("2"), ours("3")).replace("1795162400001", "1795162409999"));
        together(8, () -> {
            operator.posts(body(page(ours("1"), nobodys("2"))));
            operator.posts(later);
            return null;
        });

        assertThat(count("2", "parked")).isOne();
        assertThat(scene.announced()).isEqualTo(2);
        Admin.get()
                .execute(
                        "UPDATE " + INBOX + " SET state = 'discarded' WHERE id = ?",
                        kept("2").get("id"));
        operator.posts(later);
        assertThat(count("2", "parked")).isZero();
    }

    @Test
    void of_several_who_reprocess_at_once_one_has_an_effect_and_what_was_handled_is_never_handled_again()
            throws Exception {
        String body = body(page(ours("1"), nobodys("2")));
        operator.posts(body);
        Object parked = kept("2").get("id");
        other.connectInstagram(nobody);

        List<Integer> answers = together(6, () -> operator.reprocesses(parked).status());

        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409);
        assertThat(List.of(other.texts(), other.announced())).containsExactly(1L, 1L);
        assertThat(kept("2"))
                .containsEntry("state", "reprocessed")
                .containsEntry("company_id", other.company())
                .containsEntry("instance_id", other.instagram());
        other.lose();
        assertThat(operator.reprocesses(parked).status()).isEqualTo(409);
        assertThat(other.texts()).isZero();
        assertThat(rebuilt(other)).isEqualTo("kept 1, restored 1, unchanged 0, parked 0");
        operator.posts(body);
        assertThat(other.answered()).isTrue();
        assertThat(other.announced()).isOne();
        assertThat(scene.announced()).isOne();
    }

    @Test
    void who_comes_while_somebody_else_settles_it_waits_for_nobody_and_has_stored_nothing() throws Exception {
        operator.posts(body(page(nobodys("1"))));
        Object parked = kept("1").get("id");
        other.connectInstagram(nobody);

        try (Connection discarding = admin();
                Statement statement = discarding.createStatement()) {
            discarding.setAutoCommit(false);
            statement.execute("UPDATE " + INBOX + " SET state = 'discarded' WHERE id = '" + parked + "'");
            assertThat(operator.reprocesses(parked).status()).isEqualTo(409);
            assertThat(List.of(other.texts(), other.announced())).containsExactly(0L, 0L);
            discarding.rollback();
        }
        assertThat(operator.reprocesses(parked).status()).isEqualTo(200);
    }

    @Test
    void what_names_no_account_or_no_message_is_parked_by_itself_and_what_says_nothing_is_kept_beside_the_parts() {
        String accountless = "{\"messaging\":[%s]}"
                .formatted(ours("2").replace("{\"id\":\"" + scene.scene().demo.instagramId() + "\"}", "{}"));
        String nameless = theirs("3").replace("\"mid\"", "\"unknown\"");
        String idle = theirs("4").replace("\"message\"", "\"message_edit\"");
        String body = body(page(ours("1"), nameless, idle) + "," + accountless);
        operator.posts(body);
        operator.posts(body);

        assertThat(kept("1")).containsEntry("state", "applied").containsEntry("instance_id", scene.instagram());
        assertThat(kept("2")).containsEntry("state", "parked").containsEntry("reason", "no_account");
        assertThat(operator.reprocesses(kept("2").get("id")).status()).isEqualTo(422);
        assertThat(kept("3"))
                .containsEntry("state", "parked")
                .containsEntry("reason", "message_without_id")
                .containsEntry("company_id", other.company())
                .containsEntry("instance_id", other.instagram());
        Http.Response refused = operator.reprocesses(kept("3").get("id"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("type").asText()).endsWith(":webhook-unreadable");
        assertThat(kept("4")).containsEntry("state", "applied").containsEntry("instance_id", null);
        assertThat((String) kept("4").get("body")).doesNotContain(mid + "-1", mid + "-2", mid + "-3");
        assertThat(Stream.of("1", "2", "3", "4").map(nth -> count(nth, "applied")))
                .containsExactly(2L, 0L, 0L, 2L);
        assertThat(Stream.of("1", "2", "3", "4").map(nth -> count(nth, "parked")))
                .containsExactly(0L, 1L, 1L, 0L);
    }

    @Test
    void what_can_never_be_stored_waits_alone_and_the_rest_of_its_body_is_rebuilt() {
        String body = body(page(ours("1"), ours("2").replace("1795162400000", "9999999999999000")));
        operator.posts(body);
        operator.posts(body);

        assertThat(count("2", "parked")).isOne();
        assertThat(count("1", "parked")).isZero();
        scene.lose();
        assertThat(operator.reprocesses(kept("2").get("id")).status()).isEqualTo(422);
        assertThat(scene.texts()).isZero();

        assertThat(rebuilt(scene)).isEqualTo("kept 3, restored 1, unchanged 1, parked 1");
        assertThat(operator.reprocesses(kept("2").get("id")).status()).isEqualTo(422);
        assertThat(scene.answered()).isTrue();
        assertThat(scene.texts()).isOne();
    }

    @Test
    void what_came_for_an_instance_that_is_gone_stays_parked() {
        UUID parked = keep("parked", scene, body(page(ours("1"))));
        Admin.get()
                .execute(
                        "UPDATE core.channel_instances SET status = 'deleted', deleted_at = now() WHERE id = ?",
                        scene.instagram());

        assertThat(operator.reprocesses(parked).status()).isEqualTo(422);

        assertThat(kept("1")).containsEntry("state", "parked");
        assertThat(scene.texts()).isZero();
    }

    private String body(String entry) {
        return "{\"object\":\"instagram\",\"entry\":[%s]}".formatted(entry);
    }

    // The page's own id, as some setups report it; the participants say whose each update is.
    private String page(String... updates) {
        return "{\"id\":\"5%s\",\"time\":1795162400001,\"messaging\":[%s]}"
                .formatted(scene.scene().demo.instagramId(), String.join(",", updates));
    }

    private String ours(String nth) {
        return update(scene.scene().demo.instagramId(), nth);
    }

    private String theirs(String nth) {
        return update(other.scene().demo.instagramId(), nth);
    }

    private String nobodys(String nth) {
        return update(nobody, nth);
    }

    private String update(String account, String nth) {
        return """
                {"sender":{"id":"88"},"recipient":{"id":"%s"},"timestamp":1795162400000,\
                "message":{"mid":"%s-%s","text":"oi"}}""".formatted(account, mid, nth);
    }

    /** The newest kept body that says it; the only one that is parked. */
    private Map<String, Object> kept(String nth) {
        return Admin.get()
                .query(
                        "SELECT id, company_id, instance_id, state, reason, convert_from(body, 'UTF8') AS body, settled_at, "
                                + "headers ->> 'content-type' AS type FROM "
                                + INBOX
                                + " WHERE position(?::bytea IN body) > 0 ORDER BY state = 'applied', id DESC LIMIT 1",
                        (Object) (mid + "-" + nth).getBytes(UTF_8))
                .getFirst();
    }

    private long count(String nth, String state) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM " + INBOX + " WHERE position(?::bytea IN body) > 0 AND state = ?",
                        (mid + "-" + nth).getBytes(UTF_8),
                        state);
    }

    private UUID keep(String state, Rows whose, String body) {
        UUID id = UUID.randomUUID();
        Admin.get()
                .execute(
                        "INSERT INTO " + INBOX
                                + " (id, company_id, instance_id, provider, address, body, reason, state) "
                                + "VALUES (?, ?, ?, 'instagram', '/webhooks/instagram', ?, 'unknown_account', ?)",
                        id,
                        whose == null ? null : whose.company(),
                        whose == null ? null : whose.instagram(),
                        body.getBytes(UTF_8),
                        state);
        return id;
    }

    private String rebuilt(Rows which) {
        JsonNode account = operator.rebuilds(before, which.instagram());
        return Stream.of("kept", "restored", "unchanged", "parked")
                .map(field -> field + " " + account.path(field).asInt())
                .collect(Collectors.joining(", "));
    }

    private static <T> List<T> together(int times, Callable<T> call) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> all =
                    Stream.generate(() -> threads.submit(call)).limit(times).toList();
            List<T> answers = new ArrayList<>();
            for (Future<T> each : all) {
                answers.add(each.get());
            }
            return answers;
        }
    }

    private static Connection admin() throws SQLException {
        var settings = ConfigProvider.getConfig();
        return DriverManager.getConnection(
                settings.getValue("centurions.test.admin-url", String.class),
                settings.getValue("centurions.test.admin-user", String.class),
                settings.getValue("centurions.test.admin-password", String.class));
    }
}
