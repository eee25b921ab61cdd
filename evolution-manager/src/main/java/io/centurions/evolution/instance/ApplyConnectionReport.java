package io.centurions.evolution.instance;

import io.centurions.contracts.channel.Channel;
import io.centurions.contracts.channel.InstanceStatusChanged;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.evolution.evolution.ConnectionReport;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Takes over what the server says about an instance. The state and its announcement commit together; a repeat changes nothing. */
@ApplicationScoped
public class ApplyConnectionReport {

    private static final Logger LOG = Logger.getLogger(ApplyConnectionReport.class);

    private final Database database;
    private final WhatsAppInstanceRepository instances;
    private final Outbox outbox;

    ApplyConnectionReport(Database database, WhatsAppInstanceRepository instances, Outbox outbox) {
        this.database = database;
        this.instances = instances;
        this.outbox = outbox;
    }

    /** Applies one report; one about an instance that is deleted or unknown to the company changes nothing. */
    public void apply(CompanyId company, InstanceId id, ConnectionReport report) {
        database.runAsCompany(
                company, tx -> instances.lock(tx, id).ifPresent(instance -> change(tx, instance, report)));
    }

    private void change(Tx tx, WhatsAppInstance instance, ConnectionReport report) {
        instance.standing().after(report).ifPresent(now -> {
            InstanceState before = instance.standing().state();
            instances.stands(tx, instance.id(), now);
            instances.remember(
                    tx, instance.id(), report.qr() == null ? "state" : "qr", before, now.state(), now.reason());
            outbox.append(
                    tx,
                    new InstanceStatusChanged(
                            instance.id(), Channel.WHATSAPP, now.state().announced()));
            LOG.infof(
                    "instance went from %s to %s instance_id=%s",
                    before, now.state(), instance.id().value());
        });
    }
}
