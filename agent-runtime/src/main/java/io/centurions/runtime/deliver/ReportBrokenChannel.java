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

    private final Database database;
    private final Outbox outbox;

    ReportBrokenChannel(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    void report(Delivery delivery) {
        Channel channel = Channel.valueOf(delivery.channel().toUpperCase(Locale.ROOT));
        database.runAsCompany(
                delivery.company(),
                tx -> outbox.append(
                        tx,
                        new InstanceStatusChanged(delivery.instance(), channel, InstanceStatusChanged.State.ERROR)));
        LOG.errorf(
                "instance_id=%s cannot send any more, a person must reconnect it; runbook channel-broken",
                delivery.instance());
    }
}
