package io.centurions.runtime.intake.telegram;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.tenancy.Database;
import io.centurions.runtime.intake.InstanceAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The bots that have a token, of all companies. Ids only; each token is opened as its company. */
@ApplicationScoped
public class BotRepository {

    private final Database database;

    BotRepository(Database database) {
        this.database = database;
    }

    /** Those of one moment; a deleted bot is left out. */
    public List<InstanceAddress> all() {
        return database.call("SELECT company_id, instance_id FROM core.bots_to_poll_v1()").stream()
                .map(row -> new InstanceAddress(
                        InstanceId.of(row.getUUID("instance_id")),
                        CompanyId.of(row.getUUID("company_id")),
                        ReceiveTelegram.PROVIDER,
                        false,
                        new byte[0]))
                .toList();
    }
}
