package io.centurions.local.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.local.place.Chosen;
import io.centurions.local.place.Ports;
import io.centurions.local.place.Secrets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentsTest {

    @TempDir
    Path folder;

    @Test
    void a_service_gets_its_own_login_and_no_other() {
        Map<String, String> runtime = environment(Map.of(), Service.RUNTIME);

        assertThat(runtime)
                .containsEntry("DATABASE_USER", "runtime_app")
                .containsEntry("DATABASE_URL", "postgresql://localhost:8100/centurions");
        assertThat(runtime.values()).noneMatch(value -> value.contains("admin-password"));
        assertThat(runtime.get("DATABASE_PASSWORD"))
                .isNotEqualTo(environment(Map.of(), Service.CAPI).get("DATABASE_PASSWORD"));
    }

    @Test
    void simulated_providers_are_at_the_sandbox_and_call_back_locally() {
        Map<String, String> evolution = environment(Map.of("PUBLIC_BASE_URL", "https://x.example"), Service.EVOLUTION);

        assertThat(evolution)
                .containsEntry("EVOLUTION_API_URL", "http://localhost:8090/evolution")
                .containsEntry("WEBHOOK_BASE_URL", "http://localhost:8082");
    }

    @Test
    void a_real_provider_calls_back_at_the_public_address() {
        Map<String, String> given = Map.of(
                "EVOLUTION_API_URL",
                "https://evo.example",
                "EVOLUTION_API_KEY",
                "k",
                "PUBLIC_BASE_URL",
                "https://x.example/");

        assertThat(environment(given, Service.EVOLUTION))
                .containsEntry("EVOLUTION_API_URL", "https://evo.example")
                .containsEntry("WEBHOOK_BASE_URL", "https://x.example");
        assertThat(environment(given, Service.AUTENTIQUE)).containsEntry("WEBHOOK_BASE_URL", "http://localhost:8083");
    }

    @Test
    void beside_a_real_meta_the_simulators_secret_opens_nothing() {
        Map<String, String> runtime = environment(Map.of("META_ACCESS_TOKEN", "t"), Service.RUNTIME);

        assertThat(runtime.get("META_APP_SECRET"))
                .isNotEqualTo("sandbox-app-secret")
                .hasSizeGreaterThan(40);
        assertThat(runtime).containsEntry("META_GRAPH_URL", "https://graph.facebook.com");
    }

    @Test
    void real_telegram_is_polled_until_there_is_a_public_address() {
        assertThat(environment(Map.of("TELEGRAM_BOT_TOKEN", "1:a"), Service.RUNTIME))
                .containsEntry("TELEGRAM_MODE", "polling");
        assertThat(environment(Map.of("TELEGRAM_BOT_TOKEN", "1:a", "PUBLIC_BASE_URL", "https://x"), Service.RUNTIME))
                .containsEntry("TELEGRAM_MODE", "webhook");
    }

    @Test
    void a_real_model_keeps_what_was_given() {
        assertThat(environment(Map.of("ANTHROPIC_API_KEY", "k"), Service.RUNTIME))
                .doesNotContainKey("OPENAI_BASE_URL");
    }

    private Map<String, String> environment(Map<String, String> given, Service service) {
        var database =
                DatabaseAddress.parse("DATABASE_URL", "postgresql://postgres:admin-password@localhost:8100/centurions");
        var stores = new Stores(database, database, "redis://localhost:8101", "ring");
        return new Environments(
                        new Chosen(new Ports(8080), true),
                        Parts.of(given),
                        Secrets.in(folder.resolve("secrets.properties")),
                        stores)
                .of(service);
    }
}
