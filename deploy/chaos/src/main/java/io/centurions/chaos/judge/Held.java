package io.centurions.chaos.judge;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What PostgreSQL holds when everything has settled.
 *
 * @param submissions   lead of each form that was sent
 * @param answeredAgain turns of after a return to words that a person had answered before it
 */
public record Held(
        List<Conversation> conversations,
        List<Lead> leads,
        Map<String, String> submissions,
        List<Deal> deals,
        List<Contract> contracts,
        List<Conversion> conversions,
        List<String> parked,
        List<String> refused,
        List<String> answeredAgain) {

    /** A conversation with all that was said in it, in the order in which it was planned or came. */
    public record Conversation(
            String id,
            ChatKey chat,
            String lead,
            String state,
            long inboundSeq,
            List<Inbound> inbound,
            List<Turn> turns,
            List<Bubble> bubbles) {}

    /** A message of the lead. */
    public record Inbound(long seq, String text) {}

    /**
     * What the machine decided.
     *
     * @param from first message that it answers, 0 for none
     */
    public record Turn(String id, String origin, String purpose, long from, long to) {

        boolean answers() {
            return origin.equals("burst") && (purpose.equals("answer") || purpose.equals("handover"));
        }

        /** Nobody had written: a form is greeted, a signature is thanked for. */
        boolean speaksFirst() {
            return origin.equals("form") || origin.equals("contract");
        }
    }

    /**
     * A bubble of the machine, or what was taken for a person's.
     *
     * @param attempts calls begun that may have arrived
     * @param called   when the first call that may have sent it was allowed, null when none was
     * @param until    until when the newest one may be on the wire, which is later where it was called again; null when none is known
     */
    public record Bubble(
            String id,
            String author,
            String reply,
            String turn,
            String text,
            String status,
            String failure,
            int attempts,
            Instant called,
            Instant until) {

        boolean sent() {
            return status.equals("accepted") || status.equals("delivered") || status.equals("read");
        }

        boolean unknown() {
            return status.equals("unknown");
        }

        boolean superseded() {
            return status.equals("superseded");
        }
    }

    /** A lead. @param qualified whether a hand-off exists */
    public record Lead(String id, String company, boolean qualified) {}

    /** A deal. */
    public record Deal(String id, String company, String lead, String status) {}

    /** A contract. */
    public record Contract(String id, String company, String deal, String status) {}

    /** A conversion. @param milestone lead, qualified or purchase */
    public record Conversion(
            String company, String milestone, String lead, String deal, String name, String eventId, String status) {}
}
