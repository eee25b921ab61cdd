package io.centurions.backoffice.channel;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.usage.TakePlace;
import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.id.SettingId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.tenancy.Tx;
import io.centurions.platform.webhooks.Signatures;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/**
 * Stores a channel instance with its secrets sealed. Nothing is called here: connecting comes after the commit. Of the
 * webhook's secret, the hash is kept too, for the one who checks webhooks and need not know it.
 */
@ApplicationScoped
class OpenChannel {

    static final String ACCESS_TOKEN = "access_token";
    private static final String WEBHOOK_SECRET = "webhook_secret";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ChannelRepository channels;
    private final Secrets secrets;
    private final Once once;
    private final TakePlace places;
    private final Told told;

    OpenChannel(ChannelRepository channels, Secrets secrets, Once once, TakePlace places, Told told) {
        this.channels = channels;
        this.secrets = secrets;
        this.once = once;
        this.places = places;
        this.told = told;
    }

    /** Where a new instance is told of. */
    @Singleton
    record Told(Outbox outbox, AuditLog audit) {}

    /** What a request made, now or when it was first sent. */
    record Opened(ChannelView view, boolean fresh) {}

    Opened openOnce(Tx tx, String key, NewChannel ask) {
        var claim = once.claim(tx, "channel.create", key, ask);
        return claim.fresh()
                ? new Opened(open(tx, claim.id(), ask), true)
                : new Opened(channels.find(tx, claim.id()).orElseThrow(), false);
    }

    private ChannelView open(Tx tx, UUID id, NewChannel ask) {
        if (!channels.hasCenturion(tx, ask.centurionId())) {
            throw Problem.unprocessable("centurion-unknown", "this company has no such Centurion");
        }
        if (channels.isTaken(tx, ask, id)) {
            throw accountTaken();
        }
        places.forInstance(tx);
        var sealed = new JsonObject();
        byte[] webhookSecretHash = null;
        if (ask.hasToken()) {
            sealed.put(ACCESS_TOKEN, secrets.seal(tx.company(), ACCESS_TOKEN, ask.accessToken()));
        }
        if (ask.channel().equals("telegram")) {
            String webhookSecret = newSecret();
            sealed.put(WEBHOOK_SECRET, secrets.seal(tx.company(), WEBHOOK_SECRET, webhookSecret));
            webhookSecretHash = Signatures.sha256(webhookSecret);
        }
        insert(tx, id, ask, sealed, webhookSecretHash);
        ChannelView view = channels.find(tx, id).orElseThrow();
        told.outbox().append(tx, new SettingsChanged(SettingsChanged.Kind.INSTANCE, SettingId.of(id)));
        told.audit().write(tx, "channel.create", id, null, view);
        return view;
    }

    private void insert(Tx tx, UUID id, NewChannel ask, JsonObject sealed, byte[] webhookSecretHash) {
        try {
            channels.insert(tx, id, ask, sealed.encode(), webhookSecretHash);
        } catch (PgException e) {
            if (UNIQUE_VIOLATION.equals(e.getSqlState())) {
                throw accountTaken();
            }
            throw e;
        }
    }

    private static RuntimeException accountTaken() {
        return Problem.conflict("account-taken", "this account is connected already");
    }

    // Telegram takes letters, digits, _ and - as a webhook's secret.
    private static String newSecret() {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
