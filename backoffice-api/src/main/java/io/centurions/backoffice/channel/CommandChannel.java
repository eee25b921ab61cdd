package io.centurions.backoffice.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.neighbour.Answer;
import io.centurions.backoffice.neighbour.Ask;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Has the service that speaks to an instance's provider do what a person wants, and asks it how the instance
 * stands. Each call may be repeated; none runs inside a transaction.
 */
@ApplicationScoped
class CommandChannel {

    private static final String EVOLUTION_MANAGER = "evolution-manager";
    private static final String AGENT_RUNTIME = "agent-runtime";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final Pattern PROBLEM = Pattern.compile("\"urn:centurions:problem:([a-z0-9-]{1,60})\"");

    private final Database database;
    private final ChannelRepository channels;
    private final EvolutionManagerClient evolution;
    private final AgentRuntimeClient runtime;
    private final Ask ask;

    CommandChannel(
            Database database,
            ChannelRepository channels,
            @RestClient EvolutionManagerClient evolution,
            @RestClient AgentRuntimeClient runtime,
            Ask ask) {
        this.database = database;
        this.channels = channels;
        this.evolution = evolution;
        this.runtime = runtime;
        this.ask = ask;
    }

    /**
     * Connects, or tries again. A call that fails leaves the row in error, to be repeated; one that was not answered, done
     * or not, leaves a channel that worked as it was, with the reason.
     *
     * @param number of the phone, which then shows a code to type instead of one to scan; null: one to scan
     * @param later  hears after how long it may be tried again, when it was not answered
     */
    ChannelView connect(CompanyId company, ChannelView channel, String number, Consumer<Duration> later) {
        String mark = database.asCompany(company, tx -> channels.connecting(tx, channel.id()));
        String service = channel.onWhatsapp() ? EVOLUTION_MANAGER : AGENT_RUNTIME;
        Answer<JsonNode> answer = ask.of(
                service,
                company,
                () -> channel.onWhatsapp()
                        ? paired(company, channel, number)
                        : runtime.connect(channel.id(), wanted(channel)));
        if (answer instanceof Answer.Unreachable<JsonNode> away) {
            later.accept(away.after());
        }
        return connected(company, channel, mark, service, answer);
    }

    // Providing an instance that was there shows no code: one that was logged out has to be asked for one.
    private JsonNode paired(CompanyId company, ChannelView channel, String number) {
        var wanted = new EvolutionManagerClient.InstanceAsk(company.value(), channel.account());
        Live provided = Live.of(evolution.provide(channel.id(), wanted));
        boolean done = provided.isConnected() || number == null && provided.qr() != null;
        return done ? provided.said() : evolution.connect(channel.id(), number);
    }

    private static AgentRuntimeClient.ChannelAsk wanted(ChannelView channel) {
        return new AgentRuntimeClient.ChannelAsk(channel.companyId(), channel.channel(), channel.account());
    }

    // A runtime of before takes any token that the provider knows.
    private static boolean ofAnother(ChannelView channel, JsonNode said) {
        return !channel.onWhatsapp()
                && (said == null
                        || !channel.account().equals(said.path("externalId").asText()));
    }

    private ChannelView connected(
            CompanyId company, ChannelView channel, String mark, String service, Answer<JsonNode> answer) {
        return switch (answer) {
            case Answer.Given<JsonNode>(JsonNode said)
            when ofAnother(channel, said) -> failed(company, channel, mark, "token-of-another-account");
            case Answer.Given<JsonNode>(JsonNode said) -> proved(company, channel, mark, Live.of(said));
            case Answer.Refused<JsonNode> refused -> failed(company, channel, mark, reason(service, refused));
            case Answer.Unreachable<JsonNode> away when channel.works() -> stays(company, channel, mark, away.reason());
            case Answer.Unreachable<JsonNode> away -> failed(company, channel, mark, away.reason());
        };
    }

    /** Drops the connection of a WhatsApp instance and opens it again. */
    ChannelView restart(CompanyId company, ChannelView channel) {
        return told(company, channel, () -> evolution.restart(channel.id()));
    }

    /** Unpairs the phone of a WhatsApp instance: nothing comes or leaves there until it is connected again. */
    ChannelView disconnect(CompanyId company, ChannelView channel) {
        return told(company, channel, () -> evolution.logOut(channel.id()));
    }

    private ChannelView told(CompanyId company, ChannelView channel, Supplier<JsonNode> call) {
        String mark = database.asCompany(company, tx -> channels.mark(tx, channel.id()));
        return switch (ask.of(EVOLUTION_MANAGER, company, call)) {
            case Answer.Given<JsonNode>(JsonNode said) -> taken(company, channel, mark, Live.of(said));
            case Answer.Refused<JsonNode> refused
            when refused.status() == 404 || refused.status() == 409 ->
                throw Problem.conflict("channel-not-connected", "there is no connection to act on: connect it first");
            case Answer.Refused<JsonNode> refused -> throw refused(refused);
            case Answer.Unreachable<JsonNode> away ->
                throw away.problem(
                        away.told() == null ? "it is not known to have been done; repeat" : away.told() + "; repeat");
        };
    }

    /** How a WhatsApp instance stands now, with its QR code; the stored row when its gateway cannot say. */
    ChannelView look(CompanyId company, ChannelView channel) {
        if (!channel.onWhatsapp() || channel.gone()) {
            return channel;
        }
        return switch (ask.of(EVOLUTION_MANAGER, company, () -> evolution.look(channel.id()))) {
            case Answer.Given<JsonNode>(JsonNode said) -> channel.seenAs(Live.of(said));
            case Answer.Refused<JsonNode> unknown -> channel;
            case Answer.Unreachable<JsonNode> away -> channel;
        };
    }

    /**
     * Takes a deleted instance away from its gateway. Not reached: nothing is lost, webhooks of a deleted instance
     * are ignored, and the same request does it later.
     */
    void remove(CompanyId company, ChannelView channel) {
        if (!channel.onWhatsapp()) {
            return;
        }
        var answer = ask.of(EVOLUTION_MANAGER, company, () -> {
            evolution.delete(channel.id());
            return true;
        });
        switch (answer) {
            case Answer.Given<Boolean> gone -> {}
            case Answer.Refused<Boolean> refused -> {
                if (refused.status() != 404) {
                    throw refused(refused);
                }
            }
            case Answer.Unreachable<Boolean> away ->
                throw away.problem("deleted here, but not at the provider yet; repeat");
        }
    }

    // Of two companies that have a token of one account, the first to prove it has it.
    private ChannelView proved(CompanyId company, ChannelView channel, String mark, Live live) {
        try {
            return taken(company, channel, mark, live);
        } catch (PgException e) {
            if (UNIQUE_VIOLATION.equals(e.getSqlState())) {
                return failed(company, channel, mark, "account-taken");
            }
            throw e;
        }
    }

    private ChannelView taken(CompanyId company, ChannelView channel, String mark, Live live) {
        return database.asCompany(company, tx -> {
            channels.answered(tx, channel.id(), mark, live.status());
            return channels.find(tx, channel.id()).orElseThrow().seenAs(live);
        });
    }

    private ChannelView stays(CompanyId company, ChannelView channel, String mark, String reason) {
        return database.asCompany(company, tx -> {
            channels.stays(tx, channel.id(), mark, reason);
            return channels.find(tx, channel.id()).orElseThrow();
        });
    }

    private ChannelView failed(CompanyId company, ChannelView channel, String mark, String reason) {
        return database.asCompany(company, tx -> {
            channels.failed(tx, channel.id(), mark, reason);
            return channels.find(tx, channel.id()).orElseThrow();
        });
    }

    // What is wrong with the token or the account, in the code of whoever asked the provider.
    private static String reason(String service, Answer.Refused<?> refused) {
        Matcher problem = PROBLEM.matcher(refused.body());
        return problem.find() ? problem.group(1) : service + "-refused-" + refused.status();
    }

    private static Problem refused(Answer.Refused<?> refused) {
        return Problem.badGateway("evolution-manager-refused", "evolution-manager answered " + refused.status());
    }
}
