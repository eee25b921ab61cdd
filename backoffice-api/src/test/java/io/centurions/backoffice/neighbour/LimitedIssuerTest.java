package io.centurions.backoffice.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClientException;
import io.quarkus.oidc.client.Tokens;
import io.quarkus.oidc.client.runtime.TokensHelper;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LimitedIssuerTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final Tokens tokens = new Tokens("a-token", null, null, null, null, null, "backoffice-api");
    private final Answers issuer = new Answers();
    private final OidcClient limited = new LimitedIssuer(issuer, Duration.ofMillis(100));

    @Test
    void a_request_that_never_ends_is_given_up_for_all_who_wait_and_the_next_is_a_new_one() {
        var shared = new TokensHelper();
        issuer.next.addAll(List.of(Uni.createFrom().nothing(), Uni.createFrom().item(tokens)));

        Uni<Tokens> first = shared.getTokens(limited);
        Uni<Tokens> second = shared.getTokens(limited);

        assertThatThrownBy(() -> first.await().atMost(LONG)).isInstanceOf(OidcClientException.class);
        assertThatThrownBy(() -> second.await().atMost(LONG)).isInstanceOf(OidcClientException.class);
        assertThat(shared.getTokens(limited).await().atMost(LONG)).isSameAs(tokens);
        assertThat(issuer.next).isEmpty();
    }

    /** What the issuer answers, one after the other. */
    private static final class Answers implements OidcClient {

        private final Queue<Uni<Tokens>> next = new ArrayDeque<>();

        @Override
        public Uni<Tokens> getTokens(Map<String, String> parameters) {
            return next.remove();
        }

        @Override
        public Uni<Tokens> refreshTokens(String refreshToken, Map<String, String> parameters) {
            return next.remove();
        }

        @Override
        public Uni<Boolean> revokeAccessToken(String token, Map<String, String> parameters) {
            return Uni.createFrom().item(true);
        }

        @Override
        public void close() {}
    }
}
