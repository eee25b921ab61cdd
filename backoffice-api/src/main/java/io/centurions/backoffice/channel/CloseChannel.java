package io.centurions.backoffice.channel;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.id.SettingId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Marks an instance as deleted and forgets its secrets. Repeated, it changes nothing. */
@ApplicationScoped
class CloseChannel {

    private final ChannelRepository channels;
    private final Outbox outbox;
    private final AuditLog audit;

    CloseChannel(ChannelRepository channels, Outbox outbox, AuditLog audit) {
        this.channels = channels;
        this.outbox = outbox;
        this.audit = audit;
    }

    /** As it was before. */
    ChannelView close(Tx tx, UUID id) {
        var before = channels.find(tx, id).orElseThrow(() -> Problem.notFound("channel"));
        if (channels.delete(tx, id)) {
            outbox.append(tx, new SettingsChanged(SettingsChanged.Kind.INSTANCE, SettingId.of(id)));
            audit.write(tx, "channel.delete", id, before, null);
        }
        return before;
    }
}
