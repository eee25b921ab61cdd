package io.centurions.runtime.deliver;

import java.time.Duration;

/** What a provider did with one bubble, in the only terms that delivery acts on. */
public sealed interface SendResult {

    /** It took it. @param providerMessageId the name under which its statuses will come */
    record Accepted(String providerMessageId) implements SendResult {}

    /** It did not take it and says that a repeat may work: limits, its own trouble. */
    record TryLater(Duration after, String reason) implements SendResult {}

    /**
     * It will never take it.
     *
     * @param reason        a code, never a provider's text
     * @param channelBroken true when nothing else will go out on this instance either, as with a token that has expired
     */
    record Refused(String reason, boolean channelBroken) implements SendResult {}

    /** It may have taken it. */
    record Unknown(String reason) implements SendResult {}
}
