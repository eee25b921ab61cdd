package io.centurions.runtime.deliver;

import io.centurions.contracts.channel.Channel;
import io.centurions.contracts.channel.InstanceStatusChanged;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Tells the back office that nothing leaves on an instance any more, as when its token has expired. */
@ApplicationScoped
class ReportBrokenChannel {

    private static final Logger LOG = Logger.getLogger(ReportBrokenChannel.class);

    // Every conversation there comes upon it again and again, so what is known already is not told.
    private static final String STILL_SENDING = """
            SELECT 1 FROM core.channel_instances WHERE company_id = $1 AND id = $2 AND status NOT IN ('error', 'deleted')
            """;

    private final Database database;
    private final Outbox outbox;

    ReportBrokenChannel(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    /** Says nothing of an instance that stands as broken already. */
    void report(Delivery delivery) {
        Channel channel = Channel.valueOf(delivery.channel().toUpperCase(Locale.ROOT));
        boolean news = database.asCompany(delivery.company(), tx -> {
            var sending = tx.first(
                    STILL_SENDING,
                    delivery.company().value(),
                    delivery.instance().value());
            sending.ifPresent(row -> outbox.append(
                    tx, new InstanceStatusChanged(delivery.instance(), channel, InstanceStatusChanged.State.ERROR)));
            return sending.isPresent();
        });
        if (news) {
            LOG.errorf(
                    "instance_id=%s cannot send, its token or permission is refused; runbook channel-broken",
                    delivery.instance());
        }
    }
}
