package io.centurions.runtime.channel;

import io.centurions.contracts.channel.Channel;
import io.centurions.contracts.channel.InstanceStatusChanged;
import io.centurions.contracts.channel.InstanceStatusChanged.State;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** Connects one instance at its provider and announces the state that follows. Repeating it is harmless. */
@ApplicationScoped
class ConnectChannel {

    private final ConnectTelegram telegram;
    private final ConnectInstagram instagram;
    private final Database database;
    private final Outbox outbox;

    ConnectChannel(ConnectTelegram telegram, ConnectInstagram instagram, Database database, Outbox outbox) {
        this.telegram = telegram;
        this.instagram = instagram;
        this.database = database;
        this.outbox = outbox;
    }

    ConnectResult connect(CompanyId company, InstanceId instance, String channel) {
        ConnectResult result =
                "telegram".equals(channel) ? telegram.connect(company, instance) : instagram.connect(company, instance);
        switch (result) {
            case ConnectResult.Connected connected -> announce(company, instance, channel, State.CONNECTED);
            case ConnectResult.Refused refused -> announce(company, instance, channel, State.ERROR);
            // It is not known to be broken: whoever asked may ask again.
            case ConnectResult.TryLater later -> {}
        }
        return result;
    }

    private void announce(CompanyId company, InstanceId instance, String channel, State state) {
        Channel where = Channel.valueOf(channel.toUpperCase(Locale.ROOT));
        database.runAsCompany(company, tx -> outbox.append(tx, new InstanceStatusChanged(instance, where, state)));
    }
}
