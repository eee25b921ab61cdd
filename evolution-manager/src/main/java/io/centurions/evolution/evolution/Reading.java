package io.centurions.evolution.evolution;

/** What one entry of a webhook means to us. */
public sealed interface Reading {

    /** Something about a conversation, for the intake. */
    record Said(IntakeItem item) implements Reading {}

    /** Something about the instance itself. */
    record Stands(ConnectionReport report) implements Reading {}

    /** Known, and nothing for us; the reason is a code and is counted. */
    record Ignored(String reason) implements Reading {}

    /** About a message, in a form that this release does not know: to be kept for a person. The reason is a code. */
    record NotUnderstood(String reason) implements Reading {}
}
