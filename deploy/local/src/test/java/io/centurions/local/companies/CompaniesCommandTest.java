package io.centurions.local.companies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.centurions.local.api.Http;
import io.centurions.local.place.Trouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompaniesCommandTest {

    private static final String COMPANY = "0198c0de-0000-7000-8000-000000000001";
    private static final String MIGRATION =
            "{\"id\":\"m1\",\"state\":\"%s\",\"companies\":3,\"migrated\":%d,\"quarantined\":%d,\"targetVersion\":4,\"reason\":null}";

    private final Map<String, Deque<String>> answers = new HashMap<>();
    private final List<String> heard = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void listens() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stops() {
        server.stop(0);
    }

    @Test
    void a_migration_is_followed_to_its_end() {
        given("POST /v1/fleet-migrations", MIGRATION.formatted("canary", 0, 0));
        given(
                "GET /v1/fleet-migrations/m1",
                MIGRATION.formatted("running", 2, 0),
                MIGRATION.formatted("finished", 3, 0));

        assertThat(run("migrate", "--canary", COMPANY)).isZero();

        assertThat(heard.getFirst()).isEqualTo("POST /v1/fleet-migrations {\"canaryCompanyId\":\"" + COMPANY + "\"}");
        assertThat(said)
                .containsExactly(
                        "  canary: 0 of 3 companies at template version 4, 0 set aside",
                        "  running: 2 of 3 companies at template version 4, 0 set aside",
                        "  finished: 3 of 3 companies at template version 4, 0 set aside");
    }

    @Test
    void who_was_set_aside_is_named_with_the_reason_and_it_ends_with_one() {
        given("GET /v1/fleet-migrations?limit=1", "{\"items\":[" + MIGRATION.formatted("incomplete", 2, 1) + "]}");
        given(
                "GET /v1/fleet-migrations/m1/companies?state=quarantined&limit=200",
                "{\"items\":[{\"companyId\":\"" + COMPANY
                        + "\",\"sqlState\":\"42P07\",\"reason\":\"step 4 (notes): there\"}],\"nextCursor\":\"c1\"}");
        given("GET /v1/companies/" + COMPANY, "{\"slug\":\"clinica\"}");

        assertThat(run("status")).isEqualTo(1);

        assertThat(String.join("\n", said)).contains(COMPANY, "clinica", "42P07", "step 4 (notes): there");
        assertThat(said.getLast()).contains("and more");
    }

    @Test
    void a_company_of_the_probe_is_named_without_being_asked_about() {
        given("GET /v1/fleet-migrations?limit=1", "{\"items\":[" + MIGRATION.formatted("incomplete", 3, 1) + "]}");
        given(
                "GET /v1/fleet-migrations/m1/companies?state=quarantined&limit=200",
                "{\"items\":[{\"companyId\":\"" + COMPANY
                        + "\",\"ofProbe\":true,\"sqlState\":\"42P07\",\"reason\":\"step 4 (notes): there\"}]}");

        assertThat(run("status")).isEqualTo(1);

        assertThat(said.getLast()).contains(COMPANY, "isolation probe", "42P07", "step 4 (notes): there");
        assertThat(heard).hasSize(2);
    }

    @Test
    void a_company_of_the_probe_that_is_set_aside_is_told_beside_the_total_that_leaves_it_out() {
        given(
                "GET /v1/fleet-migrations?limit=1",
                "{\"items\":["
                        + MIGRATION.formatted("incomplete", 3, 1).replace("}", ",\"quarantinedOfProbe\":1}")
                        + "]}");
        given("GET /v1/fleet-migrations/m1/companies?state=quarantined&limit=200", "{\"items\":[]}");

        assertThat(run("status")).isEqualTo(1);

        assertThat(said.getFirst())
                .isEqualTo("  incomplete: 3 of 3 companies at template version 4, 1 set aside,"
                        + " 1 of them of the isolation probe, whose companies are not among the 3");
    }

    @Test
    void that_the_template_has_gone_on_since_a_finished_migration_is_told_and_it_ends_with_one() {
        String outrun = ",\"newestVersion\":5,\"behindNewest\":2}";
        given(
                "GET /v1/fleet-migrations?limit=1",
                "{\"items\":[" + MIGRATION.formatted("finished", 3, 0).replace("}", outrun) + "]}",
                "{\"items\":[" + MIGRATION.formatted("finished", 3, 0).replace("}", outrun.replace(":2", ":0")) + "]}");

        assertThat(run("status")).isEqualTo(1);
        assertThat(said)
                .containsExactly(
                        "  finished: 3 of 3 companies at template version 4, 0 set aside",
                        "  the template is at version 5 by now, 2 companies are behind it: ./fleet companies migrate");
        assertThat(run("status")).as("all came to the newest otherwise").isZero();
    }

    @Test
    void whoever_loses_sight_of_a_migration_hears_that_it_goes_on_and_how_to_follow_it() {
        given("POST /v1/fleet-migrations", MIGRATION.formatted("canary", 0, 0));
        given("GET /v1/fleet-migrations/m1", MIGRATION.formatted("running", 2, 0));

        assertThatThrownBy(() -> run("migrate"))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("404")
                .hasMessageContaining("goes on without us")
                .hasMessageContaining("./fleet companies status");

        assertThat(said).hasSize(2);
    }

    @Test
    void a_making_is_taken_back_as_it_was_seen() {
        given("GET /v1/companies/" + COMPANY + "/provisioning", "{\"state\":\"failed\",\"version\":3,\"steps\":[]}");
        given(
                "DELETE /v1/companies/" + COMPANY + "/provisioning if \"3\"",
                "{\"state\":\"undone\",\"version\":4,\"steps\":[{\"step\":\"schema\",\"state\":\"undone\",\"attempts\":1}]}");

        assertThat(run("undo", COMPANY)).isZero();

        assertThat(said.getFirst()).isEqualTo("  " + COMPANY + ": undone");
    }

    @Test
    void without_any_migration_there_is_nothing_to_retry() {
        given("GET /v1/fleet-migrations?limit=1", "{\"items\":[]}");

        assertThatThrownBy(() -> run("retry")).isInstanceOf(Trouble.class).hasMessageContaining("no migration yet");
    }

    private int run(String... words) {
        var api = new Http("http://localhost:" + server.getAddress().getPort(), Optional.of("token"));
        return new CompaniesCommand(api, said::add).run(CompaniesWords.parse(List.of(words)));
    }

    private void given(String request, String... answered) {
        answers.put(request, new ArrayDeque<>(List.of(answered)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String ifMatch = exchange.getRequestHeaders().getFirst("If-Match");
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI()
                + (ifMatch == null ? "" : " if " + ifMatch);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        heard.add((request + " " + body).strip());
        String answer = answers.getOrDefault(request, new ArrayDeque<>()).poll();
        byte[] bytes = (answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
