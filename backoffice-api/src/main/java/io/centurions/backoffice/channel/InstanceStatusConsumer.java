package io.centurions.backoffice.channel;

import io.centurions.contracts.channel.InstanceStatusChanged;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/**
 * Keeps what a gateway reports of an instance. Repeats and older reports change nothing: the time of the report
 * decides, so that nothing has to be remembered of the event.
 */
@ApplicationScoped
class InstanceStatusConsumer implements WorkConsumer<InstanceStatusChanged> {

    private final Database database;
    private final ChannelRepository channels;

    InstanceStatusConsumer(Database database, ChannelRepository channels) {
        this.database = database;
        this.channels = channels;
    }

    @Override
    public Class<InstanceStatusChanged> event() {
        return InstanceStatusChanged.class;
    }

    @Override
    public Outcome handle(Received<InstanceStatusChanged> received) {
        var report = received.event();
        if (report.state() == InstanceStatusChanged.State.OTHER) {
            return Outcome.done();
        }
        String status = report.state().name().toLowerCase(Locale.ROOT);
        database.runAsCompany(
                received.company(),
                tx -> channels.reported(
                        tx,
                        report.instance().value(),
                        status,
                        received.envelope().occurredAt()));
        return Outcome.done();
    }
}
