package io.centurions.runtime.qualify;

import io.centurions.contracts.id.MessageId;

/**
 * What is known about one criterion.
 *
 * @param answer  in a few words; null when not answered
 * @param met     null while it cannot be told
 * @param message the lead's message that says so; null when the model named none
 */
public record Evidence(String answer, Boolean met, MessageId message) {}
