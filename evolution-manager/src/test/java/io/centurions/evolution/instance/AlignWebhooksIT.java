package io.centurions.evolution.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.InstanceId;
import io.centurions.evolution.OwnAddress;
import io.centurions.evolution.Simulated;
import io.centurions.evolution.TestInstance;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@QuarkusTestResource(OwnAddress.class)
class AlignWebhooksIT {

    private static final String FORMER = "http://localhost:1/webhooks/evolution/former";

    @Inject
    AlignWebhooksAtStart align;

    @AfterEach
    void heal() {
        Simulated.noFaults();
    }

    @Test
    void an_instance_that_calls_a_former_address_is_registered_again_with_its_secret() {
        TestInstance instance = provided("moved");
        String secret = instance.secret();
        Simulated.registerWebhook(instance.name(), FORMER);

        Set<InstanceId> settled = run();

        assertThat(settled).contains(idOf(instance));
        assertThat(registeredUrl(instance)).isEqualTo(ours(instance));
        assertThat(instance.secret()).isEqualTo(secret);
        assertThat(Simulated.registeredWebhook(instance.name()).<String>getList("events"))
                .contains("CONNECTION_UPDATE");
    }

    @Test
    void an_instance_that_calls_us_is_looked_at_and_left_alone() {
        TestInstance instance = provided("stays");
        Simulated.registerWebhook(instance.name(), FORMER);
        run();
        long registered = calls("/webhook/set/", instance);
        long lookedAt = calls("/webhook/find/", instance);

        run();

        assertThat(calls("/webhook/set/", instance)).isEqualTo(registered);
        assertThat(calls("/webhook/find/", instance)).isEqualTo(lookedAt + 1);
    }

    @Test
    void an_instance_that_the_server_does_not_know_is_left_and_asked_about_once() {
        TestInstance instance = provided("unknown");
        Simulated.removeInstance(instance.name());

        Set<InstanceId> settled = run();
        align.alignAll(settled);

        assertThat(settled).contains(idOf(instance));
        assertThat(calls("/webhook/find/", instance)).isOne();
        assertThat(calls("/webhook/set/", instance)).isZero();
    }

    @Test
    void while_the_server_is_away_it_is_tried_again() {
        TestInstance instance = provided("away");
        Simulated.registerWebhook(instance.name(), FORMER);
        Simulated.fault(Map.of("provider", "evolution", "path", "/webhook/find/" + instance.name(), "status", 503));
        Set<InstanceId> settled = new HashSet<>();

        assertThat(align.alignAll(settled)).isFalse();
        assertThat(settled).doesNotContain(idOf(instance));
        Simulated.noFaults();
        align.alignAll(settled);

        assertThat(settled).contains(idOf(instance));
        assertThat(registeredUrl(instance)).isEqualTo(ours(instance));
    }

    @Test
    void an_instance_that_the_server_wants_left_alone_is_asked_about_later() {
        TestInstance instance = provided("limited");
        Simulated.fault(Map.of(
                "provider",
                "evolution",
                "path",
                "/webhook/find/" + instance.name(),
                "status",
                429,
                "headers",
                Map.of("Retry-After", "60")));
        Set<InstanceId> settled = run();

        align.alignAll(settled);

        assertThat(calls("/webhook/find/", instance)).as("kept back").isOne();
        assertThat(settled).doesNotContain(idOf(instance));
    }

    @Test
    void a_deleted_instance_is_not_asked_about() {
        TestInstance instance = provided("deleted");
        instance.delete().statusCode(204);

        Set<InstanceId> settled = run();

        assertThat(settled).doesNotContain(idOf(instance));
        assertThat(calls("/webhook/find/", instance)).isZero();
    }

    private Set<InstanceId> run() {
        Set<InstanceId> settled = new HashSet<>();
        align.alignAll(settled);
        return settled;
    }

    private static TestInstance provided(String word) {
        TestInstance instance = TestInstance.of(Companies.make(word));
        instance.provide().statusCode(200);
        return instance;
    }

    private static InstanceId idOf(TestInstance instance) {
        return InstanceId.of(instance.id());
    }

    private static String registeredUrl(TestInstance instance) {
        return Simulated.registeredWebhook(instance.name()).getString("url");
    }

    private static String ours(TestInstance instance) {
        return ConfigProvider.getConfig().getValue("webhook.base-url", String.class) + "/webhooks/evolution/"
                + instance.id();
    }

    private static long calls(String method, TestInstance instance) {
        return Simulated.calls().stream()
                .filter(path -> path.endsWith(method + instance.name()))
                .count();
    }
}
