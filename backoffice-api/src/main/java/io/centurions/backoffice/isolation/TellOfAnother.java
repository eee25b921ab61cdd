package io.centurions.backoffice.isolation;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.channel.Channel;
import io.centurions.contracts.channel.InstanceStatusChanged;
import io.centurions.contracts.id.EventId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/**
 * Tells our own consumer, in the attacker's name, something about a thing of the other's; it must
 * change nothing.
 */
@ApplicationScoped
class TellOfAnother implements Attack {

    private static final String CHANGED = "SELECT 1 FROM core.channel_instances WHERE id = $1 AND status <> 'new'";
    private static final String MEND =
            "UPDATE core.channel_instances SET status = 'new', status_at = '-infinity' WHERE company_id = $1 AND id = $2";

    private final WorkConsumer<InstanceStatusChanged> consumer;
    private final Database database;

    TellOfAnother(WorkConsumer<InstanceStatusChanged> consumer, Database database) {
        this.consumer = consumer;
        this.database = database;
    }

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public List<String> attempt(Canary attacker, Canary victim) {
        consumer.handle(new Received<>(
                envelope(attacker, victim),
                new InstanceStatusChanged(
                        InstanceId.of(victim.instance()), Channel.INSTAGRAM, InstanceStatusChanged.State.ERROR)));
        if (database.onceAsCompany(victim.company(), CHANGED, victim.instance()).isEmpty()) {
            return List.of();
        }
        database.onceAsCompany(victim.company(), MEND, victim.company().value(), victim.instance());
        return List.of("core.channel_instances by " + InstanceStatusChanged.TYPE);
    }

    private static Envelope envelope(Canary attacker, Canary victim) {
        return new Envelope(
                EventId.random(),
                InstanceStatusChanged.TYPE,
                1,
                attacker.company(),
                victim.instance(),
                0,
                Instant.now(),
                null,
                null,
                null,
                "evolution-manager",
                false);
    }
}
