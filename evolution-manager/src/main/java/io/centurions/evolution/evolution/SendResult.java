package io.centurions.evolution.evolution;

import java.time.Duration;

/** What the server did with one message, in the only terms the delivery acts on. Reasons are codes, never content. */
public sealed interface SendResult {

    /** The server took it under this id. Delivery and reading are told later, by webhook. */
    record Accepted(String providerMessageId) implements SendResult {}

    /** Certainly not sent (no connection, throttled, turned away, instance not connected): the same message may be tried again. */
    record TryLater(String reason, Duration after) implements SendResult {}

    /** Certainly not sent, and repeating cannot help. */
    record Refused(String reason) implements SendResult {}

    /** Perhaps sent: the call was cut off or broke inside the server. Never repeated blindly. */
    record Unknown(String reason) implements SendResult {}
}
