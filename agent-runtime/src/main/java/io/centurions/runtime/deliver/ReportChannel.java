package io.centurions.runtime.deliver;

import io.centurions.contracts.channel.Channel;
import io.centurions.contracts.channel.InstanceStatusChanged;
import io.centurions.contracts.channel.InstanceStatusChanged.State;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * Tells the back office that nothing leaves on an instance, as when its token has expired, and that something leaves again. It says
 * the same of an instance once a minute at most, however long the back office takes to write it down.
 */
@ApplicationScoped
class ReportChannel {

    private static final Logger LOG = Logger.getLogger(ReportChannel.class);

    // Every conversation there comes upon it again and again, so what is known already is not told.
    private static final String STANDS_OTHERWISE = """
            SELECT 1
              FROM core.channel_instances
             WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL AND (status = 'error') <> $3
            """;

    private final Database database;
    private final Outbox outbox;
    private final ToldLately toldLately;

    ReportChannel(Database database, Outbox outbox, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.toldLately = new ToldLately(clock);
    }

    /** Says nothing of an instance that stands as broken already. */
    void broken(Delivery delivery) {
        if (told(delivery, State.ERROR)) {
            LOG.errorf(
                    "instance_id=%s cannot send, its token or permission is refused; runbook channel-broken",
                    delivery.instance());
        }
    }

    /** Says nothing of an instance that does not stand as broken. */
    void works(Delivery delivery) {
        if (told(delivery, State.CONNECTED)) {
            LOG.infof("instance_id=%s sends again", delivery.instance());
        }
    }

    private boolean told(Delivery delivery, State state) {
        if (!toldLately.add(delivery.instance(), state)) {
            return false;
        }
        boolean told = false;
        try {
            told = tell(delivery, state);
        } finally {
            if (!told) {
                toldLately.forget(delivery.instance());
            }
        }
        return told;
    }

    private boolean tell(Delivery delivery, State state) {
        Channel channel = Channel.valueOf(delivery.channel().toUpperCase(Locale.ROOT));
        return database.asCompany(delivery.company(), tx -> {
            var news = tx.first(
                    STANDS_OTHERWISE,
                    delivery.company().value(),
                    delivery.instance().value(),
                    state == State.ERROR);
            news.ifPresent(row -> outbox.append(tx, new InstanceStatusChanged(delivery.instance(), channel, state)));
            return news.isPresent();
        });
    }
}
