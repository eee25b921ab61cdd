package io.centurions.runtime.deliver;

import io.centurions.contracts.id.CompanyId;
import java.time.Duration;

/** Takes one bubble to a lead on one channel. Implemented by each provider's package. */
public interface Courier {

    /** The channel as the database spells it. */
    String channel();

    /** Sends now. One call to the provider, ended within {@code limit}. */
    SendResult send(Address to, Content content, Duration limit);

    /** Shows that somebody is typing, where the channel has that. Failing to is nothing. */
    void typing(Address to);

    /** True when a text whose sending was interrupted is sent once more, because the provider cannot be asked. */
    boolean repeatsInterruptedText();

    /** True when the provider tells us of what we sent ourselves: then a call without an answer waits for that a little. */
    default boolean echoesWhatWeSend() {
        return false;
    }

    /** @param token the opened access token of the company's instance; {@code chat} the lead's address there */
    record Address(CompanyId company, String token, String chat) {

        /** Never shows the token. */
        @Override
        public String toString() {
            return "Address[" + chat.length() + " characters]";
        }
    }

    /**
     * What a bubble consists of.
     *
     * @param kind     text, image, audio, video or document
     * @param text     the text or the caption; may be null for media
     * @param mediaUrl where the provider fetches the media; null for text
     */
    record Content(String kind, String text, String mediaUrl) {

        boolean isText() {
            return "text".equals(kind);
        }
    }
}
