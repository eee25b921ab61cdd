package io.centurions.evolution.instance;

import io.centurions.contracts.channel.Channel;
import io.centurions.contracts.channel.InstanceStatusChanged;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.evolution.evolution.ConnectionReport;
import io.centurions.evolution.evolution.EvolutionInstanceClient;
import io.centurions.evolution.evolution.InstanceResult;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** What a person does with an instance that exists: connect, restart, log out, delete. Each may be repeated. */
@ApplicationScoped
class CommandInstance {

    private final Database database;
    private final WhatsAppInstanceRepository instances;
    private final EvolutionInstanceClient server;
    private final InstanceDirectory directory;
    private final Outbox outbox;

    CommandInstance(
            Database database,
            WhatsAppInstanceRepository instances,
            EvolutionInstanceClient server,
            InstanceDirectory directory,
            Outbox outbox) {
        this.database = database;
        this.instances = instances;
        this.server = server;
        this.directory = directory;
        this.outbox = outbox;
    }

    ConnectionReport connect(WhatsAppInstance instance, String number) {
        remember(instance, "connect");
        return ServerProblem.value(server.connect(instance.atServer(), number));
    }

    /** The server fails on one that is not connected, and does not say that this is why. */
    ConnectionReport restart(WhatsAppInstance instance) {
        remember(instance, "restart");
        InstanceResult<ConnectionReport> result = server.restart(instance.atServer());
        if (result instanceof InstanceResult.TryLater<ConnectionReport>
                && instance.standing().state() == InstanceState.DISCONNECTED) {
            throw Problem.conflict("instance-not-connected", "what is not connected is not restarted: connect it");
        }
        return ServerProblem.value(result);
    }

    ConnectionReport logOut(WhatsAppInstance instance) {
        remember(instance, "logout");
        ServerProblem.value(server.logout(instance.atServer()));
        return new ConnectionReport(ConnectionReport.State.DISCONNECTED, "logged_out", null, null);
    }

    /**
     * Deletes it here first: from that commit on its webhooks are ignored and its secrets are gone, whether or not the server can be
     * reached. When it cannot, the caller hears so and repeats, and only the server's part is done again.
     */
    void delete(WhatsAppInstance instance) {
        InstanceId id = instance.id();
        database.runAsCompany(instance.company(), tx -> {
            if (instances.delete(tx, id)) {
                instances.remember(tx, id, "command", instance.standing().state(), InstanceState.DELETED, "delete");
                outbox.append(tx, new InstanceStatusChanged(id, Channel.WHATSAPP, InstanceState.DELETED.announced()));
            }
        });
        directory.forget(id);
        ServerProblem.value(server.delete(instance.atServer()));
    }

    /** The instance for a command or a look; what belongs to nobody is not found. */
    WhatsAppInstance known(InstanceId id) {
        CompanyId company = directory
                .find(id)
                .orElseThrow(() -> Problem.notFound("instance"))
                .company();
        return database.asCompany(company, tx -> instances.find(tx, id))
                .orElseThrow(() -> Problem.notFound("instance"));
    }

    private void remember(WhatsAppInstance instance, String command) {
        if (instance.standing().state() == InstanceState.DELETED) {
            throw Problem.notFound("instance");
        }
        database.runAsCompany(
                instance.company(), tx -> instances.remember(tx, instance.id(), "command", null, null, command));
    }
}
