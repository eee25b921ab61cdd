package io.centurions.local.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.local.place.Chosen;
import io.centurions.local.place.Ports;
import io.centurions.local.place.Secrets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentsTest {

    private static final Map<String, String> EVERYTHING_REAL = Map.ofEntries(
            Map.entry("DATABASE_URL", "postgresql://u:p@h/d"),
            Map.entry("DATABASE_DIRECT_URL", "postgresql://u:p@h/d"),
            Map.entry("REDIS_URL", "redis://h"),
            Map.entry("SECRETS_KEYRING", "ring"),
            Map.entry("OIDC_ISSUER", "https://id.example"),
            Map.entry("OIDC_CLIENT_SECRET", "s"),
            Map.entry("EVOLUTION_API_URL", "https://evo.example"),
            Map.entry("EVOLUTION_API_KEY", "k"),
            Map.entry("TELEGRAM_BOT_TOKEN", "1:a"),
            Map.entry("META_ACCESS_TOKEN", "t"),
            Map.entry("META_APP_SECRET", "s"),
            Map.entry("META_VERIFY_TOKEN", "v"),
            Map.entry("AUTENTIQUE_TOKEN", "t"),
            Map.entry("AUTENTIQUE_WEBHOOK_SECRET", "s"),
            Map.entry("OPENAI_API_KEY", "k"),
            Map.entry("ANTHROPIC_API_KEY", "k"),
            Map.entry("OLLAMA_BASE_URL", "http://box:11434"));

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
        assertThat(environment(Map.of("META_ACCESS_TOKEN", "t"), Service.CAPI))
                .containsEntry("META_GRAPH_URL", "https://graph.facebook.com");
    }

    @Test
    void real_telegram_is_polled_until_there_is_a_public_address() {
        assertThat(environment(Map.of("TELEGRAM_BOT_TOKEN", "1:a"), Service.RUNTIME))
                .containsEntry("TELEGRAM_MODE", "polling");
        assertThat(environment(Map.of("TELEGRAM_BOT_TOKEN", "1:a", "PUBLIC_BASE_URL", "https://x"), Service.RUNTIME))
                .containsEntry("TELEGRAM_MODE", "webhook");
    }

    @Test
    void a_provider_that_is_not_set_leads_nowhere() {
        assertThat(environment(Map.of("OLLAMA_BASE_URL", "http://box:11434"), Service.RUNTIME))
                .containsEntry("OLLAMA_BASE_URL", "http://box:11434")
                .containsEntry("OPENAI_BASE_URL", "http://127.0.0.1:9")
                .containsEntry("CENTURIONS_MODEL_ANTHROPIC_BASE_URL", "http://127.0.0.1:9");
        assertThat(environment(Map.of("ANTHROPIC_API_KEY", "k"), Service.RUNTIME))
                .containsEntry("ANTHROPIC_API_KEY", "k")
                .containsEntry("OPENAI_BASE_URL", "http://127.0.0.1:9")
                .containsEntry("OLLAMA_BASE_URL", "http://127.0.0.1:9")
                .doesNotContainKey("CENTURIONS_MODEL_ANTHROPIC_BASE_URL");
        assertThat(environment(Map.of("OPENAI_API_KEY", "k"), Service.RUNTIME))
                .containsEntry("OPENAI_BASE_URL", "https://api.openai.com/v1")
                .containsEntry("OLLAMA_BASE_URL", "http://127.0.0.1:9");
        assertThat(environment(Map.of(), Service.RUNTIME))
                .containsEntry("OPENAI_BASE_URL", "http://localhost:8090/openai/v1")
                .containsEntry("CENTURIONS_MODEL_ANTHROPIC_BASE_URL", "http://127.0.0.1:9");
    }

    @Test
    void the_back_office_gets_its_neighbours_and_no_providers_keys() {
        assertThat(ownOf(Service.BACKOFFICE))
                .containsExactlyInAnyOrder(
                        "SECRETS_KEYRING",
                        "OIDC_CLIENT_SECRET",
                        "EVOLUTION_MANAGER_URL",
                        "AGENT_RUNTIME_URL",
                        "AUTENTIQUE_SERVICE_URL",
                        "OPENAI_BASE_URL",
                        "OLLAMA_BASE_URL",
                        "STORAGE_FOLDER",
                        "STORAGE_SIGNING_KEY");
    }

    @Test
    void files_are_kept_beside_the_fleets_data_unless_another_place_is_named() {
        var bucket = Map.of("STORAGE", "s3", "S3_ACCESS_KEY", "a", "S3_SECRET_KEY", "s");

        assertThat(environment(Map.of(), Service.BACKOFFICE))
                .containsEntry("STORAGE_FOLDER", "/fleet/files")
                .doesNotContainKeys("S3_ACCESS_KEY", "S3_SECRET_KEY")
                .hasEntrySatisfying(
                        "STORAGE_SIGNING_KEY", key -> assertThat(key).hasSizeGreaterThan(32));
        assertThat(environment(Map.of("STORAGE_FOLDER", "/mnt/files"), Service.BACKOFFICE))
                .containsEntry("STORAGE_FOLDER", "/mnt/files");
        assertThat(environment(bucket, Service.BACKOFFICE))
                .containsEntry("S3_ACCESS_KEY", "a")
                .containsEntry("S3_SECRET_KEY", "s");
        assertThat(Withheld.NAMES).contains("STORAGE_SIGNING_KEY", "S3_ACCESS_KEY", "S3_SECRET_KEY");
    }

    @Test
    void the_runtime_gets_its_channels_and_the_models() {
        assertThat(ownOf(Service.RUNTIME))
                .containsExactlyInAnyOrder(
                        "SECRETS_KEYRING",
                        "WEBHOOK_BASE_URL",
                        "TELEGRAM_API_URL",
                        "TELEGRAM_MODE",
                        "INSTAGRAM_GRAPH_URL",
                        "META_APP_SECRET",
                        "META_VERIFY_TOKEN",
                        "OPENAI_BASE_URL",
                        "OPENAI_API_KEY",
                        "ANTHROPIC_API_KEY",
                        "OLLAMA_BASE_URL");
    }

    @Test
    void the_evolution_manager_gets_evolution() {
        assertThat(ownOf(Service.EVOLUTION))
                .containsExactlyInAnyOrder(
                        "SECRETS_KEYRING", "WEBHOOK_BASE_URL", "EVOLUTION_API_URL", "EVOLUTION_API_KEY");
    }

    @Test
    void the_autentique_service_gets_autentique_and_no_key_ring() {
        assertThat(ownOf(Service.AUTENTIQUE))
                .containsExactlyInAnyOrder(
                        "WEBHOOK_BASE_URL", "AUTENTIQUE_URL", "AUTENTIQUE_TOKEN", "AUTENTIQUE_WEBHOOK_SECRET");
    }

    @Test
    void the_dispatcher_gets_metas_conversions() {
        assertThat(ownOf(Service.CAPI))
                .containsExactlyInAnyOrder("SECRETS_KEYRING", "META_GRAPH_URL", "META_ACCESS_TOKEN");
    }

    @Test
    void the_vault_is_told_to_the_runtime_alone() {
        var given = Map.of("VAULT_ADDR", "https://vault.example", "VAULT_TOKEN", "t");

        assertThat(environment(given, Service.RUNTIME)).containsAllEntriesOf(given);
        for (Service other : List.of(Service.BACKOFFICE, Service.EVOLUTION, Service.AUTENTIQUE, Service.CAPI)) {
            assertThat(environment(given, other)).doesNotContainKeys("VAULT_ADDR", "VAULT_TOKEN");
        }
        assertThat(Withheld.NAMES).containsAll(given.keySet());
    }

    @Test
    void a_client_of_another_name_at_a_real_issuer_is_known_to_those_that_it_calls() {
        var given = Map.of("OIDC_ISSUER", "https://id.example", "OIDC_CLIENT_ID", "centurions");

        assertThat(environment(given, Service.EVOLUTION)).containsEntry("BACKOFFICE_CLIENT_ID", "centurions");
        assertThat(environment(Map.of("OIDC_CLIENT_ID", "centurions"), Service.EVOLUTION))
                .containsEntry("OIDC_CLIENT_ID", "evolution-manager")
                .doesNotContainKey("BACKOFFICE_CLIENT_ID");
    }

    @Test
    void replicas_have_ports_of_their_own_and_are_reached_through_the_balancer() {
        List<Map<String, String>> runtimes = environment(Map.of(), Service.RUNTIME, 3);

        assertThat(runtimes).extracting(one -> one.get("PORT")).containsExactly("8081", "8111", "8121");
        assertThat(runtimes).extracting(one -> one.get("MANAGEMENT_PORT")).containsExactly("8086", "8116", "8126");
        assertThat(runtimes).extracting(one -> one.get("WEBHOOK_BASE_URL")).containsOnly("http://localhost:8091");
        assertThat(environment(Map.of(), Service.BACKOFFICE, 3))
                .singleElement()
                .satisfies(backoffice -> assertThat(backoffice)
                        .containsEntry("PORT", "8080")
                        .containsEntry("AGENT_RUNTIME_URL", "http://localhost:8091")
                        .containsEntry("EVOLUTION_MANAGER_URL", "http://localhost:8092")
                        .containsEntry("AUTENTIQUE_SERVICE_URL", "http://localhost:8083"));
    }

    @Test
    void nothing_real_is_inherited_and_the_sandbox_is_given_none_of_it() {
        assertThat(Withheld.NAMES).containsAll(EVERYTHING_REAL.keySet());
    }

    // Beyond what every service is told.
    private Set<String> ownOf(Service service) {
        Set<String> names = new HashSet<>(environment(EVERYTHING_REAL, service).keySet());
        names.removeAll(Set.of(
                "PORT",
                "MANAGEMENT_PORT",
                "HOST",
                "PACE",
                "MALLOC_ARENA_MAX",
                "DATABASE_URL",
                "DATABASE_USER",
                "DATABASE_PASSWORD",
                "REDIS_URL",
                "OIDC_ISSUER",
                "OIDC_CLIENT_ID"));
        return names;
    }

    private Map<String, String> environment(Map<String, String> given, Service service) {
        return environment(given, service, 1).getFirst();
    }

    private List<Map<String, String>> environment(Map<String, String> given, Service service, int replicas) {
        var database =
                DatabaseAddress.parse("DATABASE_URL", "postgresql://postgres:admin-password@localhost:8100/centurions");
        var stores = new Stores(database, database, "redis://localhost:8101", "ring", "/fleet/files");
        var chosen = new Chosen(new Ports(8080), true, replicas, Set.of());
        var environments =
                new Environments(chosen, Parts.of(given), Secrets.in(folder.resolve("secrets.properties")), stores);
        return service.replicas(chosen).map(environments::of).toList();
    }
}
