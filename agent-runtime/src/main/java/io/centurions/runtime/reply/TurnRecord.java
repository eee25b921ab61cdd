package io.centurions.runtime.reply;

import io.centurions.contracts.message.ReplyPurpose;

/**
 * What a turn leaves behind in the books.
 *
 * @param origin    what it answers to
 * @param purpose   why it speaks; one of each per origin, whatever is repeated
 * @param heard     the inbound messages it covers
 * @param outcome   how it ended, in lower case
 * @param reason    a code, or null
 * @param cost      what thinking took
 */
public record TurnRecord(Origin origin, ReplyPurpose purpose, Heard heard, String outcome, String reason, Cost cost) {

    /** {@code burst form contract follow_up takeover_return}, and what of that kind. */
    public record Origin(String kind, String id) {

        /** A burst is named by its first message, which restarts do not change. */
        public static Origin burst(long firstSeq) {
            return new Origin("burst", Long.toString(firstSeq));
        }
    }

    /** From the first to the last inbound message, as claimed under {@code fence}. */
    public record Heard(long fromSeq, long toSeq, long fence, int restarts) {

        /** For a turn that answers to no message. */
        public static final Heard NOTHING = new Heard(0, 0, 0, 0);
    }

    /** @param model null when no model was asked */
    public record Cost(String model, int inputTokens, int outputTokens) {
        public static final Cost NONE = new Cost(null, 0, 0);
    }
}
