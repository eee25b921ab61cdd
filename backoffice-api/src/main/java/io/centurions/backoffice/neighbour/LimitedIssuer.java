package io.centurions.backoffice.neighbour;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClientException;
import io.quarkus.oidc.client.Tokens;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Whom we ask for tokens, for a limited time: the next to need one asks anew. {@code platform/access} gives up a single request
 * when no answer begins, and cannot do more: what it is shown of a request is there before it is sent and after the answer was
 * read, and the HTTP client's own limit ends with the answer's head. This is for an answer that begins and never ends. Its
 * connection cannot be reached, and a few that are kept leave none for the next request; so the client is closed with all of its
 * connections, and another takes its place. One that waits for the issuer's document, which never ends, cannot be closed; it is left
 * with its one connection, until the issuer closes that.
 */
class LimitedIssuer implements OidcClient {

    private static final Logger LOG = Logger.getLogger(LimitedIssuer.class);

    private final AtomicReference<Uni<OidcClient>> issuer;
    private final Supplier<Uni<OidcClient>> another;
    private final Duration limit;

    LimitedIssuer(OidcClient first, Supplier<Uni<OidcClient>> another, Duration limit) {
        this.issuer = new AtomicReference<>(Uni.createFrom().item(first));
        this.another = another;
        this.limit = limit;
    }

    @Override
    public Uni<Tokens> getTokens(Map<String, String> parameters) {
        return limited(asked -> asked.getTokens(parameters));
    }

    @Override
    public Uni<Tokens> refreshTokens(String refreshToken, Map<String, String> parameters) {
        return limited(asked -> asked.refreshTokens(refreshToken, parameters));
    }

    @Override
    public Uni<Boolean> revokeAccessToken(String token, Map<String, String> parameters) {
        return limited(asked -> asked.revokeAccessToken(token, parameters));
    }

    @Override
    public void close() {
        close(issuer.get());
    }

    private <T> Uni<T> limited(Function<OidcClient, Uni<? extends T>> request) {
        return Uni.createFrom().deferred(() -> {
            Uni<OidcClient> asked = issuer.get();
            return asked.onFailure()
                    .invoke(() -> leave(asked))
                    .<T>flatMap(request)
                    .ifNoItem()
                    .after(limit)
                    .failWith(() -> givenUp(asked))
                    .onFailure(failure -> !(failure instanceof OidcClientException))
                    .transform(LimitedIssuer::unusable);
        });
    }

    private OidcClientException givenUp(Uni<OidcClient> asked) {
        LOG.warnf("the issuer gave no token within %s, it is asked anew for the next call", limit);
        leave(asked);
        return new OidcClientException("no answer of the issuer within " + limit);
    }

    // A page instead of tokens, or nothing: of a gateway before the issuer.
    private static OidcClientException unusable(Throwable failure) {
        LOG.warnf(
                "the issuer's answer is none to a request for a token: %s",
                failure.getClass().getName());
        return new OidcClientException("no usable answer of the issuer", failure);
    }

    private void leave(Uni<OidcClient> asked) {
        if (issuer.compareAndSet(asked, another.get().memoize().indefinitely())) {
            close(asked);
        }
    }

    private static void close(Uni<OidcClient> left) {
        left.subscribe()
                .with(
                        client -> {
                            try {
                                client.close();
                            } catch (IOException e) {
                                LOG.warn("connections to the issuer were not closed", e);
                            }
                        },
                        neverMade -> LOG.debug("there was no client of the issuer to close", neverMade));
    }
}
