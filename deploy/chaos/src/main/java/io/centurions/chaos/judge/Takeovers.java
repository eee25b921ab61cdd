package io.centurions.chaos.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a person's words on the company's phone change in what the machine owes a lead. */
final class Takeovers {

    private final Map<ChatKey, Outside.Takeover> byChat;

    Takeovers(Outside outside) {
        this.byChat =
                outside.takeovers().stream().collect(Collectors.toMap(Outside.Takeover::chat, Function.identity()));
    }

    Optional<Outside.Takeover> of(Held.Conversation conversation) {
        return Optional.ofNullable(byChat.get(conversation.chat()));
    }

    /** Everything but what a person wrote in fact: that something is held as a person's proves nothing. */
    List<Held.Bubble> ofMachine(Held.Conversation conversation) {
        return conversation.bubbles().stream()
                .filter(bubble -> !isPersons(conversation, bubble))
                .toList();
    }

    boolean isPersons(Held.Conversation conversation, Held.Bubble bubble) {
        return bubble.author().equals("person")
                && of(conversation)
                        .filter(one -> one.words().containsKey(bubble.text()))
                        .isPresent();
    }

    /** Whether a person wrote after each of these words, so that they need no answer of the machine's. */
    boolean answered(Held.Conversation conversation, long from, long to) {
        return of(conversation)
                .filter(one -> conversation.inbound().stream()
                        .noneMatch(word -> word.seq() >= from
                                && word.seq() <= to
                                && one.left().contains(word.text())))
                .isPresent();
    }
}
