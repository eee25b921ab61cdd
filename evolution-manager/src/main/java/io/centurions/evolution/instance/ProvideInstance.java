package io.centurions.evolution.instance;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.evolution.evolution.ConnectionReport;
import io.centurions.evolution.evolution.EvolutionInstanceClient;
import io.centurions.evolution.evolution.EvolutionInstanceClient.Created;
import io.centurions.evolution.evolution.InstanceResult;
import io.centurions.evolution.evolution.ServerInstance;
import io.centurions.evolution.evolution.WebhookRegistration;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.webhooks.Signatures;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Makes an instance exist here and at the server, with its webhook. May be repeated until it succeeds: the row comes first, so that a
 * webhook that arrives while the server still answers finds its address, and an instance that is there already is adopted.
 */
@ApplicationScoped
class ProvideInstance {

    private static final String INSTANCE_TOKEN = "instance_token";

    private final Database database;
    private final WhatsAppInstanceRepository instances;
    private final EvolutionInstanceClient server;
    private final Secrets secrets;
    private final ToRegistration registration;

    ProvideInstance(
            Database database,
            WhatsAppInstanceRepository instances,
            EvolutionInstanceClient server,
            Secrets secrets,
            ToRegistration registration) {
        this.database = database;
        this.instances = instances;
        this.server = server;
        this.secrets = secrets;
        this.registration = registration;
    }

    /** Provides it and says where it stands. What the server refuses or cannot do now comes out as a problem. */
    ConnectionReport provide(CompanyId company, InstanceId id, String name) {
        WhatsAppInstance instance = reserved(company, id, name);
        WebhookRegistration webhook = registration.of(instance);
        InstanceResult<Created> created = server.create(instance.atServer(), webhook);
        Created made = created instanceof InstanceResult.NameInUse<Created>
                ? adopted(instance.atServer(), webhook)
                : ServerProblem.value(created);
        // An instance works without it, so what the server cannot say now is asked when it is provided again.
        Boolean keepsMessages =
                server.keepsMessages(instance.atServer()) instanceof InstanceResult.Done<Boolean>(var keeps)
                        ? keeps
                        : null;
        String token = made.token() == null ? null : secrets.seal(company, INSTANCE_TOKEN, made.token());
        database.runAsCompany(company, tx -> instances.provided(tx, id, keepsMessages, token));
        return made.report();
    }

    private WhatsAppInstance reserved(CompanyId company, InstanceId id, String name) {
        String secret = WebhookSecret.random();
        String sealed = secrets.seal(company, WebhookSecret.SEALED_AS, secret);
        WhatsAppInstance instance;
        try {
            instance = database.asCompany(company, tx -> {
                instances.reserve(tx, id, name, Signatures.sha256(secret), sealed);
                return instances.find(tx, id).orElseThrow(() -> Problem.notFound("instance"));
            });
        } catch (PgException e) {
            throw refused(e);
        }
        if (instance.standing().state() == InstanceState.DELETED) {
            throw Problem.conflict("instance-deleted", "the instance was deleted; make a new one");
        }
        if (!instance.serverName().equals(name)) {
            throw Problem.conflict("instance-name", "the instance exists under another name");
        }
        return instance;
    }

    // Left behind by an attempt that was cut off, or made by hand: the name is ours in the table, so only the webhook
    // is missing.
    private Created adopted(ServerInstance at, WebhookRegistration webhook) {
        ServerProblem.value(server.register(at, webhook));
        InstanceResult<ConnectionReport> state = server.state(at);
        // The webhook is registered by then: nobody may hear that nothing was done.
        return new Created(
                null,
                ServerProblem.value(
                        state instanceof InstanceResult.NotAsked<ConnectionReport>(var reason, var after)
                                ? new InstanceResult.TryLater<>(reason, after)
                                : state));
    }

    private static RuntimeException refused(PgException e) {
        return switch (String.valueOf(e.getSqlState())) {
            case "23505" -> Problem.conflict("instance-name", "the name or the id belongs to another instance");
            case "23503" -> Problem.notFound("company");
            case "23514" ->
                Problem.badRequest("instance-name-invalid", "a name is letters, digits, dot, dash and underscore");
            default -> e;
        };
    }
}
