package io.centurions.bench.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.bench.provider.Providers;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Makes companies: rows of governance by SQL, as the back office would write them, and the instances through evolution-manager's own
 * interface, which registers their webhooks with {@link Providers} as it would with a real server.
 */
public final class Companies {

    private static final String CENTURION = """
        {"prompt": "Você atende os leads da empresa com simpatia e pergunta o que falta saber.", "language": "pt-BR",
         "model": {"provider": "openai", "baseUrl": null, "name": "%s", "apiKey": null, "temperature": 0.2},
         "criteria": [{"key": "orcamento", "question": "Qual é o seu orçamento?", "weight": 60, "required": true},
                      {"key": "prazo", "question": "Para quando você precisa?", "weight": 40, "required": false}],
         "qualifyAt": 70, "debounce": {"quietMs": %d, "longestMs": 20000},
         "pace": {"charsPerSecond": 100000, "shortestMs": 0, "longestMs": 1}}
        """;

    private final Stage stage;
    private final Sql sql;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public Companies(Stage stage) {
        this.stage = stage;
        this.sql = stage.sql();
    }

    /** An active company whose instances exist in its rows alone; ids count up from its number, so that a text can name them. */
    public Company make(int number, int instances, String model, Duration quiet) {
        UUID company = id(number, 0);
        String config = CENTURION.formatted(model, quiet.toMillis());
        sql.execute(
                "INSERT INTO core.companies (id, slug, name, schema_name, status) VALUES (?, ?, ?, ?, 'active')",
                company,
                "bench_" + number,
                "Empresa " + number,
                "empresa_bench_" + number);
        sql.execute("""
            INSERT INTO core.centurion_configs
                   (id, company_id, name, draft, published, published_version, debounce_quiet_ms, debounce_longest_ms)
            VALUES (?, ?, 'Centurion', ?::jsonb, ?::jsonb, 1, ?, 20000)
            """, id(number, 1), company, config, config, (int) quiet.toMillis());
        List<Company.Instance> made = new ArrayList<>();
        for (int n = 0; n < instances; n++) {
            Company.Instance instance =
                    new Company.Instance(id(number, 16 + n), company, "bench-" + number + "-" + n, "");
            sql.execute("""
                INSERT INTO core.channel_instances (id, company_id, centurion_id, channel, name, external_id, status)
                VALUES (?, ?, ?, 'whatsapp', ?, ?, 'connected')
                """, instance.id(), company, id(number, 1), instance.name(), instance.name());
            made.add(instance);
        }
        return new Company(company, made);
    }

    private static UUID id(int company, int thing) {
        return UUID.fromString("01990000-0000-7000-8000-%06d%06x".formatted(company, thing));
    }

    /** Has evolution-manager make them at the server, and learns their secrets there. */
    public Company provided(Company company, Benched evolutionManager, Providers providers) {
        String token = token();
        List<Company.Instance> provided = company.instances().stream()
                .map(instance -> {
                    put(evolutionManager, instance, token);
                    return new Company.Instance(
                            instance.id(), instance.company(), instance.name(), providers.secretOf(instance.name()));
                })
                .toList();
        return new Company(company.id(), provided);
    }

    private void put(Benched evolutionManager, Company.Instance instance, String token) {
        String body = "{\"companyId\":\"" + instance.company() + "\",\"name\":\"" + instance.name() + "\"}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + evolutionManager.port() + "/internal/instances/" + instance.id()))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        answer(request, "make an instance");
    }

    private String token() {
        String form = "grant_type=client_credentials&client_id=backoffice-api&client_secret="
                + URLEncoder.encode("backoffice-api-secret", StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + stage.ports().sandbox() + "/oidc/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            return new ObjectMapper()
                    .readTree(answer(request, "sign in"))
                    .path("access_token")
                    .asText();
        } catch (IOException e) {
            throw new IllegalStateException("the sandbox's token is no JSON", e);
        }
    }

    private String answer(HttpRequest request, String what) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        "could not " + what + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException("could not " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: " + what, e);
        }
    }

    /** All instances of several companies, one after the other. */
    public static List<Company.Instance> instances(List<Company> companies) {
        return companies.stream()
                .flatMap(company -> company.instances().stream())
                .toList();
    }
}
