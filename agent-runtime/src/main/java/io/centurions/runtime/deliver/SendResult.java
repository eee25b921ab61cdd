package io.centurions.runtime.deliver;

import java.time.Duration;

/** What a provider did with one bubble, in the only terms that delivery acts on. */
public sealed interface SendResult {

    /** It took it. @param providerMessageId the name under which its statuses will come */
    record Accepted(String providerMessageId) implements SendResult {}

    /**
     * It certainly did not take it and a repeat may work: the request never left, a limit was reached, or it was turned away
     * before anybody looked at the bubble.
     *
     * @param reason        a code, never a provider's text
     * @param channelBroken true when nothing else will go out on this instance either as long as that lasts, as with a token that
     *                      has expired
     */
    record TryLater(Duration after, String reason, boolean channelBroken) implements SendResult {

        public TryLater(Duration after, String reason) {
            this(after, reason, false);
        }
    }

    /** It will never take it. @param reason a code, never a provider's text */
    record Refused(String reason) implements SendResult {}

    /** It may have taken it: no answer, or one that tells of trouble on its side. */
    record Unknown(String reason) implements SendResult {}
}
