package io.centurions.evolution.instance;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.evolution.evolution.ServerInstance;
import java.time.Instant;

/**
 * An instance as it is stored.
 *
 * @param serverName   what it is called at the server
 * @param sealedSecret what the server sends with each webhook, sealed
 * @param qrAt         when the QR came, null without one
 */
record WhatsAppInstance(
        InstanceId id, CompanyId company, String serverName, Standing standing, Instant qrAt, String sealedSecret) {

    ServerInstance atServer() {
        return new ServerInstance(company, serverName);
    }
}
