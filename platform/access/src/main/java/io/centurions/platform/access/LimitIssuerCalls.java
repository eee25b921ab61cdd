package io.centurions.platform.access;

import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.common.OidcRequestFilter;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Gives up every request to an issuer (its document, its keys, a token) that is not answered in time, and closes its
 * connection: a lost answer would otherwise be waited for without end, and by everybody who waits for the same.
 *
 * <p>In time is when it begins. An answer that begins and never ends is not given up here: the HTTP client's limit ends with the
 * answer's head, and the OIDC extension shows the rest to nobody before it has read it all. Who asks for tokens limits the whole
 * (backoffice-api's {@code LimitedIssuer}); the document and the keys have no such place.
 */
@Singleton
@Unremovable
class LimitIssuerCalls implements OidcRequestFilter {

    private final Duration limit;

    LimitIssuerCalls(AccessConfig config) {
        this.limit = config.issuerTimeout();
    }

    @Override
    public Uni<Void> filter(OidcRequestFilterContext asked) {
        asked.request().timeout(limit.toMillis());
        return Uni.createFrom().voidItem();
    }
}
