package io.centurions.sandbox.phone;

import io.centurions.sandbox.wire.Delivery;

/** A message that the channel has taken; its webhook may still be on its way. */
public record Sent(String providerMessageId, Delivery delivery) {}
