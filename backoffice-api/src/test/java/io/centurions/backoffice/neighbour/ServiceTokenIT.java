package io.centurions.backoffice.neighbour;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.Api;
import io.centurions.backoffice.Neighbours;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.channel.EvolutionManagerClient;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.oidc.client.OidcClientException;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ServiceTokenIT {

    private static final String NEIGHBOUR = "evolution-manager";

    @Inject
    Ask ask;

    @Inject
    @RestClient
    EvolutionManagerClient evolution;

    private final CompanyId company = CompanyId.random();
    private final UUID instance = UUID.randomUUID();

    @Test
    void one_token_serves_many_calls() {
        for (int call = 0; call < 5; call++) {
            assertThat(look()).isInstanceOf(Answer.Given.class);
        }

        assertThat(tokens()).hasSize(5).containsOnly(tokens().getFirst());
    }

    @Test
    void a_token_that_is_refused_before_its_time_is_renewed_and_the_call_made_again() {
        look();
        Neighbours.fail(401, null, 1);

        assertThat(look()).isInstanceOf(Answer.Given.class);

        assertThat(tokens()).hasSize(3);
        assertThat(tokens().get(1)).isEqualTo(tokens().get(0));
        assertThat(tokens().get(2)).isNotEqualTo(tokens().get(1));
    }

    @Test
    void a_neighbour_that_refuses_the_new_token_too_is_not_asked_a_third_time() {
        Neighbours.fail(401, null, 2);

        assertThat(look()).isEqualTo(new Answer.Unreachable<JsonNode>("evolution-manager-unavailable"));

        assertThat(tokens()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void without_a_new_token_the_neighbour_is_unreachable_until_the_issuer_answers() {
        look();
        nextTokenRequest("status", 503);
        Neighbours.fail(401, null, 1);
        var logged = new Lines();
        Logger.getLogger(RefusedTokens.class.getName()).addHandler(logged);

        assertThat(look()).isInstanceOf(Answer.Unreachable.class);
        assertThat(look()).isInstanceOf(Answer.Given.class);

        Logger.getLogger(RefusedTokens.class.getName()).removeHandler(logged);
        assertThat(tokens()).hasSize(3);
        assertThat(tokens().get(2)).isNotEqualTo(tokens().get(0));
        assertThat(logged.heard).singleElement().asString().endsWith("/oidc/token answered 503");
    }

    @Test
    void a_token_request_that_is_never_answered_is_given_up_and_the_next_call_makes_another() {
        look();
        nextTokenRequest("delayMs", 60_000);
        Neighbours.fail(401, null, 1);

        assertThat(timeOf(() -> assertThat(look()).isInstanceOf(Answer.Unreachable.class)))
                .isLessThan(Duration.ofSeconds(8));
        assertThat(timeOf(() -> assertThat(look()).isInstanceOf(Answer.Given.class)))
                .isLessThan(Duration.ofSeconds(3));

        assertThat(tokens()).hasSize(3);
        assertThat(tokens().get(2)).isNotEqualTo(tokens().get(0));
    }

    @Test
    void a_lack_of_tokens_does_not_count_against_the_neighbour() {
        var one = CompanyId.random();
        for (int call = 0; call < Neighbours.MORE_THAN_A_WINDOW; call++) {
            assertThat(ask.of(NEIGHBOUR, one, () -> {
                        throw new OidcClientException("none");
                    }))
                    .isEqualTo(new Answer.Unreachable<>("issuer-unavailable"));
        }

        assertThat(ask.of(NEIGHBOUR, one, () -> "asked")).isEqualTo(new Answer.Given<>("asked"));
    }

    private static void nextTokenRequest(String goesWrong, int how) {
        given().contentType(ContentType.JSON)
                .body(Map.of("provider", "oidc", "path", "/oidc/token", goesWrong, how, "times", 1))
                .post(ConfigProvider.getConfig().getValue("sandbox.url", String.class) + "/faults")
                .then()
                .statusCode(201);
    }

    private static Duration timeOf(Runnable call) {
        long began = System.nanoTime();
        call.run();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private Answer<JsonNode> look() {
        return ask.of(NEIGHBOUR, company, () -> evolution.look(instance));
    }

    private List<String> tokens() {
        return Api.neighbourCalls("/internal/instances/" + instance).stream()
                .map(call -> call.getString("authorization"))
                .toList();
    }

    private static final class Lines extends Handler {

        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            heard.add(String.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
