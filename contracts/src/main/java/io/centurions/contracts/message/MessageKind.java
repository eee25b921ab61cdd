package io.centurions.contracts.message;

/** What a message is made of. {@code OTHER} when a later producer knows more kinds than we do. */
public enum MessageKind {
    TEXT,
    IMAGE,
    AUDIO,
    VIDEO,
    DOCUMENT,
    STICKER,
    LOCATION,
    CONTACT,
    REACTION,
    OTHER
}
