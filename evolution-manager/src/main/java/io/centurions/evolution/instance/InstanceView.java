package io.centurions.evolution.instance;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * An instance as the back office shows it. Carries no secret but the QR, which is meant to be shown.
 *
 * @param qr while one waits to be scanned
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record InstanceView(UUID id, String name, String state, String reason, QrView qr) {

    /** The QR as a picture, as text, and the code to type where a number was given. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record QrView(String base64, String code, String pairingCode, Instant at) {}

    static InstanceView of(WhatsAppInstance instance) {
        Standing standing = instance.standing();
        QrView qr = standing.qr() == null
                ? null
                : new QrView(
                        standing.qr().base64(),
                        standing.qr().code(),
                        standing.qr().pairingCode(),
                        instance.qrAt());
        return new InstanceView(
                instance.id().value(), instance.serverName(), standing.state().column(), standing.reason(), qr);
    }
}
