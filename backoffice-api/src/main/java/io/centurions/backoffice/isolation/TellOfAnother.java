package io.centurions.backoffice.isolation;

import io.centurions.contracts.channel.Channel;
import io.centurions.contracts.channel.InstanceStatusChanged;
import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Says, as the attacker, something about a thing of the other's, and has it go the way of every event:
 * outbox, stream, our group, our consumer. It must change nothing; whether it did, the next round looks at.
 */
@ApplicationScoped
class TellOfAnother implements Attack {

    private static final String CHANGED = "SELECT 1 FROM core.channel_instances WHERE id = $1 AND status <> 'new'";
    private static final String MEND =
            "UPDATE core.channel_instances SET status = 'new', status_at = '-infinity' WHERE company_id = $1 AND id = $2";

    private final Outbox outbox;
    private final Database database;

    TellOfAnother(Outbox outbox, Database database) {
        this.outbox = outbox;
        this.database = database;
    }

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public List<String> attempt(Canary attacker, Canary victim) {
        boolean changed = !database.onceAsCompany(victim.company(), CHANGED, victim.instance())
                .isEmpty();
        if (changed) {
            database.onceAsCompany(victim.company(), MEND, victim.company().value(), victim.instance());
        }
        var lie = new InstanceStatusChanged(
                InstanceId.of(victim.instance()), Channel.INSTAGRAM, InstanceStatusChanged.State.ERROR);
        database.runAsCompany(attacker.company(), tx -> outbox.append(tx, lie));
        return changed ? List.of("core.channel_instances by " + InstanceStatusChanged.TYPE) : List.of();
    }
}
