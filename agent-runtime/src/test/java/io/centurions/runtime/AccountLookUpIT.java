package io.centurions.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often the database is asked whose the accounts of a body are: its function notes who asks. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class AccountLookUpIT {

    private static final String FUNCTION = "core.find_instance_by_account_v1(text, text)";

    @TestHTTPResource
    URI self;

    @Inject
    Secrets secrets;

    private String kept;
    private Operator operator;
    private Rows scene;
    private Rows other;
    private String nobody;

    @BeforeEach
    void listen() {
        String url = self.toString().replaceAll("/$", "");
        operator = new Operator(url);
        scene = new Rows(Scene.open(url, secrets)).silent();
        other = new Rows(Scene.open(url, secrets)).silent();
        nobody = "9" + other.scene().demo.instagramId();
        kept = (String) Admin.get()
                .queryOne("SELECT pg_get_functiondef('" + FUNCTION + "'::regprocedure) AS text")
                .get("text");
        Admin.get().execute("CREATE TABLE public.asked (account text, look_up xid8)");
        Admin.get().execute("GRANT INSERT ON public.asked TO core_lookup");
        // The same function with another body, so that a statement that was prepared before calls it too.
        Admin.get()
                .execute(
                        kept.replace("STABLE", "VOLATILE")
                                .replaceFirst(
                                        "\nBEGIN\n",
                                        "\nBEGIN\n"
                                                + "INSERT INTO public.asked VALUES (p_external_id, pg_catalog.pg_current_xact_id());\n"));
    }

    @AfterEach
    void hear_no_more() {
        Admin.get().execute(kept);
        Admin.get().execute("DROP TABLE public.asked");
    }

    @Test
    void a_body_that_names_three_accounts_asks_once_and_the_next_one_asks_anew() {
        List<String> accounts =
                List.of(scene.scene().demo.instagramId(), other.scene().demo.instagramId(), nobody);

        operator.posts(body(accounts));

        assertThat(asked()).containsExactlyInAnyOrderElementsOf(accounts);
        assertThat(lookUps()).isOne();
        assertThat(List.of(scene.texts(), other.texts())).containsExactly(1L, 1L);

        operator.posts(body(accounts));

        assertThat(asked()).hasSize(6);
        assertThat(lookUps()).isEqualTo(2);
    }

    @Test
    void a_rebuild_asks_for_an_account_once_however_many_bodies_name_it() {
        Instant before = Instant.now().minusSeconds(1);
        String ours = scene.scene().demo.instagramId();
        String theirs = other.scene().demo.instagramId();
        keptForNobody(body(List.of(ours, nobody)));
        keptForNobody(body(List.of(nobody, theirs, ours)));
        keptForNobody(body(List.of(theirs, nobody)));

        operator.rebuilds(before, scene.instagram());

        assertThat(asked()).contains(ours, theirs, nobody).doesNotHaveDuplicates();
        assertThat(List.of(scene.texts(), other.texts())).containsExactly(2L, 0L);
    }

    private static void keptForNobody(String body) {
        Admin.get()
                .execute(
                        "INSERT INTO core.webhook_inbox_runtime (id, provider, address, body, reason, state) "
                                + "VALUES (?, 'instagram', '/webhooks/instagram', ?, 'unknown_account', 'applied')",
                        UUID.randomUUID(),
                        body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> asked() {
        return Admin.get().query("SELECT account FROM public.asked").stream()
                .map(row -> (String) row.get("account"))
                .toList();
    }

    // Each look-up is a statement and a transaction of its own.
    private static long lookUps() {
        return Admin.get().count("SELECT count(DISTINCT look_up) FROM public.asked");
    }

    private static String body(List<String> accounts) {
        return accounts.stream()
                .map(AccountLookUpIT::entry)
                .collect(Collectors.joining(",", "{\"object\":\"instagram\",\"entry\":[", "]}"));
    }

    private static String entry(String account) {
        return """
                {"id":"%1$s","time":1795162400001,"messaging":[{"sender":{"id":"88"},"recipient":{"id":"%1$s"},\
                "timestamp":1795162400000,"message":{"mid":"mid-%2$s","text":"oi"}}]}""".formatted(account, UUID.randomUUID());
    }
}
