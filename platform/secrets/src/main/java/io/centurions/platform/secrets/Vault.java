package io.centurions.platform.secrets;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Secrets of the installation's vault, kept for a while once read. While the vault does not answer, what was
 * read last serves on for a longer while, so that conversations go on; what it refuses, or has no more, serves
 * no longer. Blocks the calling virtual thread.
 */
@ApplicationScoped
class Vault {

    private static final Logger LOG = Logger.getLogger(Vault.class);
    private static final int KEPT_MOST = 5_000;

    private final VaultConfig config;
    private final VaultCall call;
    private final LongSupplier nanos;
    private final Map<VaultReference, Kept> kept = new ConcurrentHashMap<>();
    private volatile long restsUntil;

    @Inject
    Vault(VaultConfig config) {
        this(config, System::nanoTime);
    }

    Vault(VaultConfig config, LongSupplier nanos) {
        this.config = config;
        this.call = new VaultCall(config);
        this.nanos = nanos;
        this.restsUntil = nanos.getAsLong();
    }

    /** Never written anywhere: it has no text of its own. */
    private record Kept(String value, long readAt) {

        @Override
        public String toString() {
            return "Kept[a secret]";
        }
    }

    /** @throws SecretUnreadable when it is not there, not allowed, or the vault has been away for too long */
    String read(VaultReference where) {
        Kept known = kept.get(where);
        if (known != null && isYounger(known, config.keep())) {
            return known.value();
        }
        return switch (looked(where)) {
            case VaultCall.Answer.Found(String value) -> keep(where, value);
            case VaultCall.Answer.Refused(String why) -> refused(where, why);
            case VaultCall.Answer.Away(String why) -> whileAway(where, known, why);
        };
    }

    private VaultCall.Answer looked(VaultReference where) {
        if (restsUntil - nanos.getAsLong() > 0) {
            return new VaultCall.Answer.Away("it did not answer a moment ago");
        }
        VaultCall.Answer answer = call.read(where);
        if (answer instanceof VaultCall.Answer.Away(String why)) {
            restsUntil = nanos.getAsLong() + config.rest().toNanos();
            LOG.warnf(
                    "the vault does not answer (%s), it is asked again in %d ms",
                    why, config.rest().toMillis());
        }
        return answer;
    }

    private String keep(VaultReference where, String value) {
        if (kept.size() >= KEPT_MOST) {
            kept.clear();
        }
        kept.put(where, new Kept(value, nanos.getAsLong()));
        return value;
    }

    private String refused(VaultReference where, String why) {
        kept.remove(where);
        LOG.errorf("the secret %s cannot be read: %s; runbook vault", where, why);
        throw new SecretUnreadable(where, why);
    }

    private String whileAway(VaultReference where, Kept known, String why) {
        if (known == null || !isYounger(known, config.keepWhileAway())) {
            throw new SecretUnreadable(where, why);
        }
        return known.value();
    }

    private boolean isYounger(Kept known, Duration age) {
        return nanos.getAsLong() - known.readAt() < age.toNanos();
    }
}
