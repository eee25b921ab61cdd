package io.centurions.backoffice.channel;

import io.centurions.backoffice.security.Deed;
import io.centurions.platform.problem.Problem;
import java.util.Locale;
import java.util.Set;

/** What a gateway can be told about an instance. Each may be repeated. */
enum ChannelCommand {
    CONNECT("whatsapp", "telegram", "instagram"),
    RESTART("whatsapp"),
    DISCONNECT("whatsapp");

    private final Set<String> channels;

    ChannelCommand(String... channels) {
        this.channels = Set.of(channels);
    }

    /** 422 {@code channel-command-unknown} for a kind of channel that has no such thing. */
    void check(ChannelView channel) {
        if (!channels.contains(channel.channel())) {
            throw Problem.unprocessable(
                    "channel-command-unknown",
                    "there is no " + word() + " for " + channel.channel() + ": connect it again, or delete it");
        }
    }

    /** What it does to the company: who unpairs a phone only takes away. */
    Deed deed() {
        return this == DISCONNECT ? Deed.ENDS : Deed.CHANGES;
    }

    /** As the audit trail calls it. */
    String action() {
        return "channel." + word();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
