package io.centurions.contracts.channel;

/** Where a conversation takes place. {@code OTHER} when a later producer knows more channels than we do. */
public enum Channel {
    WHATSAPP,
    INSTAGRAM,
    TELEGRAM,
    OTHER
}
