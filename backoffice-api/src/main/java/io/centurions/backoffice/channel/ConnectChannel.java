package io.centurions.backoffice.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.neighbour.Answer;
import io.centurions.backoffice.neighbour.Ask;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Has a stored instance connected by the service that speaks to its provider, and asks it how it stands. A call that
 * fails leaves the row in error, to be repeated; none runs inside a transaction.
 */
@ApplicationScoped
class ConnectChannel {

    private static final String EVOLUTION_MANAGER = "evolution-manager";
    private static final String AGENT_RUNTIME = "agent-runtime";
    private static final int NOT_FOUND = 404;

    private final Database database;
    private final ChannelRepository channels;
    private final EvolutionManagerClient evolution;
    private final AgentRuntimeClient runtime;
    private final Ask ask;

    ConnectChannel(
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

    /** Connects, or tries again; what needs no connecting is given back as it is. */
    ChannelView connect(CompanyId company, ChannelView channel) {
        return switch (channel.channel()) {
            case "whatsapp" -> {
                var wanted = new EvolutionManagerClient.InstanceAsk(company.value(), channel.account());
                yield attempt(
                        company, channel, EVOLUTION_MANAGER, () -> evolution.provide(channel.id(), wanted), false);
            }
            case "telegram" -> {
                var wanted = new AgentRuntimeClient.ChannelAsk(company.value(), channel.channel());
                yield attempt(company, channel, AGENT_RUNTIME, () -> runtime.connect(channel.id(), wanted), true);
            }
            default -> channel;
        };
    }

    private ChannelView attempt(
            CompanyId company, ChannelView channel, String service, Runnable call, boolean connectedAtOnce) {
        database.runAsCompany(company, tx -> channels.connecting(tx, channel.id()));
        Answer<Boolean> answer = ask.of(service, company, () -> {
            call.run();
            return true;
        });
        return database.asCompany(company, tx -> {
            switch (answer) {
                case Answer.Given<Boolean> given -> {
                    if (connectedAtOnce) {
                        channels.connected(tx, channel.id());
                    }
                }
                case Answer.Refused<Boolean> refused ->
                    channels.connectFailed(tx, channel.id(), service + "-refused-" + refused.status());
                case Answer.Unreachable<Boolean> unreachable ->
                    channels.connectFailed(tx, channel.id(), unreachable.reason());
            }
            return channels.find(tx, channel.id()).orElseThrow();
        });
    }

    /** How a WhatsApp instance stands now, with its QR code; the stored row when its gateway cannot say. */
    ChannelView look(CompanyId company, ChannelView channel) {
        if (!channel.channel().equals("whatsapp") || channel.status().equals("deleted")) {
            return channel;
        }
        return switch (ask.of(EVOLUTION_MANAGER, company, () -> evolution.look(channel.id()))) {
            case Answer.Given<JsonNode>(JsonNode live) ->
                channel.seenAs(
                        live.path("state").asText(channel.status()).toLowerCase(Locale.ROOT), qr(live.path("qr")));
            case Answer.Refused<JsonNode> unknown -> channel;
            case Answer.Unreachable<JsonNode> away -> channel;
        };
    }

    /**
     * Takes a deleted instance away from its gateway. Not reached: nothing is lost, webhooks of a deleted instance are
     * ignored, and the same request does it later.
     */
    void disconnect(CompanyId company, ChannelView channel) {
        if (!channel.channel().equals("whatsapp")) {
            return;
        }
        var answer = ask.of(EVOLUTION_MANAGER, company, () -> {
            evolution.delete(channel.id());
            return true;
        });
        switch (answer) {
            case Answer.Given<Boolean> gone -> {}
            case Answer.Refused<Boolean> refused -> {
                if (refused.status() != NOT_FOUND) {
                    throw Problem.badGateway(
                            "evolution-manager-refused", "evolution-manager answered " + refused.status());
                }
            }
            case Answer.Unreachable<Boolean> away ->
                throw Problem.unavailable(
                        "deleted here, but evolution-manager did not answer; repeat", Duration.ofSeconds(5));
        }
    }

    private static ChannelView.QrView qr(JsonNode qr) {
        if (!qr.isObject() || (!qr.hasNonNull("code") && !qr.hasNonNull("base64") && !qr.hasNonNull("pairingCode"))) {
            return null;
        }
        return new ChannelView.QrView(text(qr, "base64"), text(qr, "code"), text(qr, "pairingCode"));
    }

    private static String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }
}
