package io.centurions.backoffice.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClientException;
import io.quarkus.oidc.client.Tokens;
import io.quarkus.oidc.client.runtime.TokensHelper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitedIssuerTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final Tokens tokens = new Tokens("a-token", null, null, null, null, null, "backoffice-api");
    private final Issuer stalling = new Issuer(Uni.createFrom().nothing());
    private final Issuer answering = new Issuer(Uni.createFrom().item(tokens));

    @Test
    void a_request_that_never_ends_is_given_up_for_all_who_wait_and_the_next_is_a_new_one() {
        var shared = new TokensHelper();
        var limited = limited(List.of(Uni.createFrom().item(answering)));

        Uni<Tokens> first = shared.getTokens(limited);
        Uni<Tokens> second = shared.getTokens(limited);

        assertThatThrownBy(() -> first.await().atMost(LONG)).isInstanceOf(OidcClientException.class);
        assertThatThrownBy(() -> second.await().atMost(LONG)).isInstanceOf(OidcClientException.class);
        assertThat(shared.getTokens(limited).await().atMost(LONG)).isSameAs(tokens);
    }

    @Test
    void the_connections_of_a_request_that_was_given_up_are_closed_and_no_others() {
        var limited = limited(List.of(Uni.createFrom().item(answering)));

        assertThatThrownBy(() -> limited.getTokens().await().atMost(LONG)).isInstanceOf(OidcClientException.class);
        limited.getTokens().await().atMost(LONG);

        assertThat(stalling.closed).isTrue();
        assertThat(answering.closed).isFalse();
    }

    @Test
    void a_client_that_cannot_be_made_is_made_again_for_the_next_call() {
        var limited = limited(List.of(
                Uni.createFrom().failure(new OidcClientException("no address")),
                Uni.createFrom().item(answering)));

        for (int call = 0; call < 2; call++) {
            assertThatThrownBy(() -> limited.getTokens().await().atMost(LONG)).isInstanceOf(OidcClientException.class);
        }

        assertThat(limited.getTokens().await().atMost(LONG)).isSameAs(tokens);
    }

    @Test
    void an_answer_that_cannot_be_read_is_the_issuers_failure() {
        var broken = new LimitedIssuer(
                new Issuer(Uni.createFrom().failure(new DecodeException("<html>"))), () -> null, LONG);

        assertThatThrownBy(() -> broken.getTokens().await().atMost(LONG)).isInstanceOf(OidcClientException.class);
    }

    private OidcClient limited(List<Uni<OidcClient>> others) {
        var next = new ArrayDeque<>(others);
        return new LimitedIssuer(stalling, next::remove, Duration.ofMillis(100));
    }

    /** Answers everything alike. */
    private static final class Issuer implements OidcClient {

        private final Uni<Tokens> answer;
        private volatile boolean closed;

        private Issuer(Uni<Tokens> answer) {
            this.answer = answer;
        }

        @Override
        public Uni<Tokens> getTokens(Map<String, String> parameters) {
            return answer;
        }

        @Override
        public Uni<Tokens> refreshTokens(String refreshToken, Map<String, String> parameters) {
            return answer;
        }

        @Override
        public Uni<Boolean> revokeAccessToken(String token, Map<String, String> parameters) {
            return Uni.createFrom().item(true);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
