package io.centurions.runtime.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * One thing a provider told us about one chat, free of the provider's words.
 *
 * @param what      what happened
 * @param ids       how the provider names it
 * @param sender    the lead, as far as the provider tells
 * @param content   what was said; {@link Content#NOTHING} for a status
 * @param writtenAt the provider's clock
 */
public record Incoming(What what, Ids ids, Sender sender, Content content, Instant writtenAt) {

    /** What happened, in the words of the intake function. */
    public enum What {
        MESSAGE,
        STATUS,
        ECHO,
        EDIT,
        DELETE,
        REACTION;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a message consists of. */
    public enum Kind {
        TEXT,
        IMAGE,
        AUDIO,
        VIDEO,
        DOCUMENT,
        STICKER,
        LOCATION,
        CONTACT,
        REACTION,
        OTHER;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How the provider names it.
     *
     * @param chat       the address to answer to
     * @param outgoing   true for what left the business
     * @param providerId the provider's id of the message this is, or of the message it is about
     * @param revision   tells repeats from news where the provider reuses the id; {@code 0} otherwise
     * @param replyTo    the message it answers or reacts to, or null
     */
    public record Ids(String chat, boolean outgoing, String providerId, String revision, String replyTo) {

        /** A first and only revision that answers nothing. */
        public static Ids of(String chat, String providerId) {
            return new Ids(chat, false, providerId, "0", null);
        }

        public Ids fromBusiness() {
            return new Ids(chat, true, providerId, revision, replyTo);
        }

        public Ids revised(String newRevision) {
            return new Ids(chat, outgoing, providerId, newRevision, replyTo);
        }

        public Ids answering(String message) {
            return new Ids(chat, outgoing, providerId, revision, message);
        }

        String providerKey(What what) {
            return String.join("|", chat, outgoing ? "out" : "in", what.wire(), providerId, revision);
        }
    }

    /** One way to recognise a lead: {@code telegram}, {@code igsid}, {@code phone}. */
    public record Identity(String kind, String value) {}

    /** Who wrote; {@code name} may be null. */
    public record Sender(String name, List<Identity> identities) {
        public Sender {
            identities = List.copyOf(identities);
        }
    }

    /**
     * What was said.
     *
     * @param media    what is needed to fetch the media later, never an address that contains a token; or null
     * @param referral the ad or link the lead came by; or null
     * @param status   for a status: {@code accepted delivered read failed}; or null
     */
    public record Content(Kind kind, String text, ObjectNode media, ObjectNode referral, String status) {

        /** For what carries no content of its own. */
        public static final Content NOTHING = new Content(Kind.OTHER, null, null, null, null);

        public static Content text(String text) {
            return new Content(Kind.TEXT, text, null, null, null);
        }

        public static Content status(String status) {
            return new Content(Kind.OTHER, null, null, null, status);
        }

        public static Content media(Kind kind, String caption, ObjectNode media) {
            return new Content(kind, caption, media, null, null);
        }

        public Content referredBy(ObjectNode newReferral) {
            return new Content(kind, text, media, newReferral, status);
        }
    }
}
