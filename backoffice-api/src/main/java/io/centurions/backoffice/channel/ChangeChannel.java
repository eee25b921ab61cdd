package io.centurions.backoffice.channel;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.id.SettingId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/**
 * What a person does with an instance that is there, as far as it is ours to keep: changes it, deletes it, or
 * has its gateway told something. Each is audited. Nothing is called here.
 */
@ApplicationScoped
class ChangeChannel {

    private final ChannelRepository channels;
    private final Secrets secrets;
    private final Outbox outbox;
    private final AuditLog audit;

    ChangeChannel(ChannelRepository channels, Secrets secrets, Outbox outbox, AuditLog audit) {
        this.channels = channels;
        this.secrets = secrets;
        this.outbox = outbox;
        this.audit = audit;
    }

    /** As it is now. That its token was replaced shows in the name of what was done. */
    ChannelView change(Tx tx, UUID id, String ifMatch, ChannelChange change) {
        var before = living(tx, id);
        IfMatch.of(ifMatch).check(before.version());
        change.check(before);
        if (!channels.hasCenturion(tx, change.centurionId())) {
            throw Problem.unprocessable("centurion-unknown", "this company has no such Centurion");
        }
        channels.change(tx, id, change, sealed(tx, change));
        var after = channels.find(tx, id).orElseThrow();
        tell(tx, change.hasToken() ? "channel.renew-token" : "channel.change", before, after);
        return after;
    }

    /**
     * Marks it as deleted and forgets its secrets; repeated, it changes nothing, whatever it was made for.
     *
     * @return as it was before
     */
    ChannelView close(Tx tx, UUID id, String ifMatch) {
        var before = known(tx, id);
        if (!before.gone()) {
            IfMatch.optional(ifMatch).check(before.version());
            channels.delete(tx, id);
            tell(tx, "channel.delete", before, null);
        }
        return before;
    }

    /**
     * Notes that somebody wants a gateway told something. It is told after the commit.
     *
     * @return as it is before
     */
    ChannelView command(Tx tx, UUID id, ChannelCommand command) {
        var before = living(tx, id);
        command.check(before);
        audit.write(tx, command.action(), id, before, Map.of("state", "asked"));
        return before;
    }

    /** Notes what came of it. */
    void commanded(Tx tx, ChannelCommand command, ChannelView now) {
        var after = now.lastTryFailed()
                ? Map.of("state", "refused", "reason", String.valueOf(now.statusReason()))
                : Map.of("state", "done", "status", now.status());
        audit.write(tx, command.action(), now.id(), null, after);
    }

    /** Notes that its gateway said no; one that said nothing leaves the asking alone: nobody knows what it did. */
    void refused(Tx tx, UUID id, ChannelCommand command, Problem problem) {
        audit.write(tx, command.action(), id, null, Map.of("state", "refused", "reason", problem.code()));
    }

    private ChannelView living(Tx tx, UUID id) {
        var channel = known(tx, id);
        if (channel.gone()) {
            throw Problem.conflict("channel-deleted", "the channel was deleted, make a new one");
        }
        return channel;
    }

    private ChannelView known(Tx tx, UUID id) {
        return channels.findForUpdate(tx, id).orElseThrow(() -> Problem.notFound("channel"));
    }

    private String sealed(Tx tx, ChannelChange change) {
        return change.hasToken() ? secrets.seal(tx.company(), OpenChannel.ACCESS_TOKEN, change.accessToken()) : null;
    }

    private void tell(Tx tx, String action, ChannelView before, ChannelView after) {
        outbox.append(tx, new SettingsChanged(SettingsChanged.Kind.INSTANCE, SettingId.of(before.id())));
        audit.write(tx, action, before.id(), before, after);
    }
}
