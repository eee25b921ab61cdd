package io.centurions.local.seed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done about one channel of the demo company, decided from the channels that are there.
 *
 * @param keep   the one that is as it should be; empty when one is to be made
 * @param remove the id of ours that answers for another account
 * @param key    idempotency key for the one to be made: another one after each that was deleted
 */
record ChannelStep(Optional<JsonNode> keep, Optional<String> remove, String key) {

    /**
     * @param name    of the channel that we made: one with another name is somebody's own and stays
     * @param account that it should answer for; empty when any will do
     */
    static ChannelStep decide(List<JsonNode> channels, String kind, String name, Optional<String> account) {
        List<JsonNode> ofKind = channels.stream()
                .filter(channel -> channel.path("channel").asText().equals(kind))
                .toList();
        List<JsonNode> living = ofKind.stream()
                .filter(channel -> !channel.path("status").asText().equals("deleted"))
                .toList();
        Optional<JsonNode> right = living.stream()
                .filter(channel ->
                        account.isEmpty() || channel.path("account").asText().equals(account.get()))
                .findFirst();
        Optional<String> wrong = living.stream()
                .filter(channel ->
                        right.isEmpty() && channel.path("name").asText().equals(name))
                .map(channel -> channel.path("id").asText())
                .findFirst();
        // Counted as if the wrong one were deleted already, so that a repeat after half the work has the same key.
        long deleted = ofKind.size() - living.size() + (wrong.isPresent() ? 1 : 0);
        return new ChannelStep(right, wrong, "demo-channel-" + kind + (deleted == 0 ? "" : "-" + deleted));
    }
}
