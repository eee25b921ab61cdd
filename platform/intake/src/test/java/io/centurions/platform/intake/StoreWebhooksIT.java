package io.centurions.platform.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.Companies.DemoCompany;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.webhooks.Origin;
import io.centurions.platform.webhooks.WebhookInbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Many callers at once on a real PostgreSQL, as the app role of a real service. */
@QuarkusTest
@WithPostgresAndRedis
class StoreWebhooksIT {

    @Inject
    StoreWebhooks store;

    @Inject
    StoreWebhooks.Statements statements;

    @Inject
    WebhookInbox inbox;

    @Inject
    IntakeConfig config;

    private final DemoCompany demo = Companies.make("dobra");

    @Test
    void two_hundred_at_once_with_one_that_can_never_be_stored_are_199_stored_and_one_parked() throws Exception {
        List<Outcome> outcomes = together(IntStream.range(0, 200)
                .<Callable<Outcome>>mapToObj(i -> () -> only(store.store(
                        webhook("m" + i),
                        List.of(message("m" + i, "55119" + (10_000_000 + i % 40), i == 77 ? "x" : "2026")))))
                .toList());

        assertThat(outcomes.stream().filter(outcome -> outcome.word().equals("stored")))
                .hasSize(199);
        assertThat(outcomes.get(77).unstorable()).isTrue();
        assertThat(count("messages")).isEqualTo(199);
        assertThat(count("leads")).isEqualTo(40);
        assertThat(inboxRows("applied")).hasSize(199);
        assertThat(inboxRows("parked")).singleElement().satisfies(row -> {
            assertThat(row.get("reason")).isEqualTo("unstorable");
            assertThat((byte[]) row.get("body")).isEqualTo("m77".getBytes(StandardCharsets.UTF_8));
        });
        assertThat(events("message.received")).isEqualTo(199);
        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.conversations c WHERE c.company_id = ? AND c.inbound_seq <> "
                                        + "(SELECT count(DISTINCT m.seq) FROM core.messages m WHERE m.conversation_id = c.id)",
                                demo.company().value()))
                .as("numbers without gaps")
                .isZero();
    }

    @Test
    void two_replicas_that_are_told_the_same_at_once_store_it_once() throws Exception {
        StoreWebhooks other = new StoreWebhooks(statements, inbox, config, new SimpleMeterRegistry());
        List<Callable<Outcome>> told = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String id = "twice-" + i;
            String phone = "55119" + (20_000_000 + i % 7);
            for (StoreWebhooks replica : List.of(store, other)) {
                told.add(() -> only(replica.store(webhook(id), List.of(message(id, phone, "2026")))));
            }
        }

        List<Outcome> outcomes = together(told);

        assertThat(outcomes).extracting(Outcome::word).containsOnly("stored", "duplicate");
        assertThat(outcomes.stream().filter(outcome -> outcome.word().equals("stored")))
                .hasSize(60);
        assertThat(count("messages")).isEqualTo(60);
        assertThat(events("message.received")).isEqualTo(60);
        assertThat(count("leads")).isEqualTo(7);
    }

    @Test
    void of_several_items_those_that_can_be_stored_are_applied_and_the_other_is_parked_once() {
        assertThat(several()).containsExactly("stored", Outcome.UNSTORABLE, "stored");
        assertThat(several()).containsExactly("duplicate", Outcome.UNSTORABLE, "duplicate");

        assertThat(inboxRows("parked"))
                .singleElement()
                .satisfies(row -> assertThat(body(row)).isEqualTo("several[1]"));
        assertThat(inboxRows("applied"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(body(row)).isEqualTo("several[0, 2]"));
    }

    private List<String> several() {
        Webhook several = webhook("several");
        List<Outcome> outcomes = store.store(
                new Webhook(
                        several.origin(),
                        several.body(),
                        items -> ("several"
                                        + IntStream.range(0, 3)
                                                .filter(items)
                                                .boxed()
                                                .toList())
                                .getBytes(StandardCharsets.UTF_8)),
                List.of(
                        message("s1", "5511930000001", "2026"),
                        message("s2", "5511930000001", "x"),
                        message("s3", "5511930000001", "2026")));
        return outcomes.stream().map(Outcome::word).toList();
    }

    private static String body(Map<String, Object> row) {
        return new String((byte[]) row.get("body"), StandardCharsets.UTF_8);
    }

    @Test
    void one_that_is_not_to_be_kept_leaves_its_items_alone() {
        store.store(webhook("unkept").unkept(), List.of(message("u1", "5511930000002", "2026")));

        assertThat(count("messages")).isOne();
        assertThat(count("webhook_inbox_evolution")).isZero();
    }

    @Test
    void unfolded_the_same_is_stored_one_by_one() throws Exception {
        StoreWebhooks unfolded =
                new StoreWebhooks(statements, inbox, new Settings(config.function(), false), new SimpleMeterRegistry());

        List<Outcome> outcomes = together(IntStream.range(0, 20)
                .<Callable<Outcome>>mapToObj(i -> () -> only(unfolded.store(
                        webhook("o" + i),
                        List.of(message("o" + i, "55119400000" + (10 + i % 3), i == 7 ? "x" : "2026")))))
                .toList());

        assertThat(outcomes.stream().filter(outcome -> outcome.word().equals("stored")))
                .hasSize(19);
        assertThat(inboxRows("parked")).hasSize(1);
        assertThat(inboxRows("applied")).hasSize(19);
    }

    @Test
    void a_row_that_somebody_holds_delays_only_who_needs_it() throws Exception {
        String held = "5511950000001";
        for (int i = 0; i < 10; i++) {
            store.store(webhook("known" + i), List.of(message("known" + i, "551195000000" + i, "2026")));
        }

        try (Connection somebody = admin()) {
            hold(somebody, held);
            List<Outcome> outcomes = together(IntStream.range(0, 10)
                    .<Callable<Outcome>>mapToObj(i -> () -> patient("more" + i, "551195000000" + i))
                    .toList());
            assertThat(outcomes.stream().filter(outcome -> outcome.word().equals("stored")))
                    .hasSize(9);
            assertThat(outcomes.get(1).word()).isEqualTo("repeat");
            somebody.rollback();
        }

        assertThat(patient("more1", held).word()).isEqualTo("stored");
    }

    @Test
    void whose_row_is_held_leaves_connections_to_others() throws Exception {
        String held = "5511970000001";
        store.store(webhook("known"), List.of(message("known", held, "2026")));

        try (Connection somebody = admin();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            hold(somebody, held);
            List<Future<Outcome>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String id = "more" + i;
                waiting.add(threads.submit(() -> patient(id, held)));
            }
            AtomicLong most = new AtomicLong();
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        most.accumulateAndGet(waitingForRows(), Math::max);
                        return waiting.stream().anyMatch(Future::isDone);
                    });

            // Two places, and at first the two statements that know nothing yet.
            assertThat(most.get()).isBetween(2L, 4L);
            somebody.rollback();
            for (Future<Outcome> one : waiting) {
                assertThat(one.get().word()).isIn("stored", "repeat");
            }
        }
    }

    private static long waitingForRows() {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()");
    }

    private static void hold(Connection somebody, String phone) throws SQLException {
        somebody.setAutoCommit(false);
        try (PreparedStatement lock =
                somebody.prepareStatement("SELECT id FROM core.conversations WHERE chat_ref = ? FOR UPDATE")) {
            lock.setString(1, phone + "@s.whatsapp.net");
            lock.execute();
        }
    }

    private Outcome patient(String id, String phone) {
        try {
            return only(store.store(webhook(id), List.of(message(id, phone, "2026"))));
        } catch (DatabaseUnavailable unavailable) {
            return Given.outcome("repeat");
        }
    }

    private static Connection admin() throws SQLException {
        var settings = ConfigProvider.getConfig();
        return DriverManager.getConnection(
                settings.getValue("centurions.test.admin-url", String.class),
                settings.getValue("centurions.test.admin-user", String.class),
                settings.getValue("centurions.test.admin-password", String.class));
    }

    @Test
    void without_the_database_every_caller_hears_so_and_nothing_is_there_afterwards() throws Exception {
        Admin.get().execute("ALTER ROLE evolution_app CONNECTION LIMIT 0");
        try {
            Admin.get().query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'evolution_app'");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThatThrownBy(() -> store.store(webhook("away"), List.of()))
                            .isInstanceOf(DatabaseUnavailable.class));
            together(IntStream.range(0, 50)
                    .<Callable<Outcome>>mapToObj(i -> () -> {
                        assertThatThrownBy(() -> store.store(
                                        webhook("away" + i), List.of(message("away" + i, "5511930000003", "2026"))))
                                .isInstanceOf(DatabaseUnavailable.class);
                        return null;
                    })
                    .toList());
        } finally {
            Admin.get().execute("ALTER ROLE evolution_app CONNECTION LIMIT -1");
        }

        assertThat(count("messages")).isZero();
        assertThat(count("webhook_inbox_evolution")).isZero();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(
                                only(store.store(webhook("back"), List.of(message("back", "5511930000003", "2026"))))
                                        .word())
                        .isEqualTo("stored"));
    }

    private static List<Outcome> together(List<Callable<Outcome>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> answered : threads.invokeAll(calls)) {
                outcomes.add(answered.get());
            }
            return outcomes;
        }
    }

    private static Outcome only(List<Outcome> outcomes) {
        assertThat(outcomes).hasSize(1);
        return outcomes.getFirst();
    }

    private Webhook webhook(String body) {
        return new Webhook(
                new Origin(
                        "probe", "here", demo.company(), demo.whatsapp().value(), Map.of("user-agent", "probe \"1\"")),
                body.getBytes(StandardCharsets.UTF_8));
    }

    // A year that is none makes a time that cannot be stored.
    private String message(String id, String phone, String year) {
        return """
                {"instance_id": "%1$s", "what": "message", "provider_key": "%3$s|in|message|%2$s|0", "provider_message_id": "%2$s",
                 "chat_ref": "%3$s@s.whatsapp.net", "identities": [{"kind": "phone", "value": "%3$s"}], "name": "Ana", "kind": "text",
                 "text": "oi", "written_at": "%4$s-11-20T12:00:00Z"}""".formatted(demo.whatsapp().value(), id, phone, year);
    }

    private long count(String table) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core." + table + " WHERE company_id = ?",
                        demo.company().value());
    }

    private long events(String type) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.outbox_evolution WHERE company_id = ? AND type = ?",
                        demo.company().value(),
                        type);
    }

    private List<Map<String, Object>> inboxRows(String state) {
        return Admin.get()
                .query(
                        "SELECT reason, body, headers::text FROM core.webhook_inbox_evolution WHERE company_id = ? AND state = ?",
                        demo.company().value(),
                        state);
    }
}
