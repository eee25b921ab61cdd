package io.centurions.chaos.judge;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the world outside of the fleet did and saw. @param refused what people asked of the back office and were finally refused */
public record Outside(
        List<Written> written,
        List<Arrived> arrived,
        List<Form> forms,
        List<Signed> contracts,
        List<AtMeta> conversions,
        List<Takeover> takeovers,
        List<String> refused) {

    /**
     * A lead's message.
     *
     * @param answered what the fleet last answered the provider's webhook with, 0 where it did not answer
     */
    public record Written(ChatKey chat, String text, int answered) {

        boolean acknowledged() {
            return answered / 100 == 2;
        }

        /** The fleet would not have it: repeating cannot help, so the provider is right to give it up. */
        boolean refused() {
            return answered / 100 == 4;
        }
    }

    /** A bubble on a telephone; the list is in the order of arrival. */
    public record Arrived(ChatKey chat, String text, Instant at) {}

    /** A form that was answered with 2xx. */
    public record Form(ChatKey chat, String submission) {}

    /**
     * A contract that the back office acknowledged.
     *
     * @param signed whether the lead could sign it
     * @param documents how many documents of it the provider has
     */
    public record Signed(String company, String deal, String contract, boolean signed, int documents) {}

    /**
     * A conversation in which a person of the company wrote on the phone.
     *
     * @param words of the person, those of which the fleet knows it as it said so, and the others
     * @param left  texts of the lead, later by the provider's clock than the person's last: those nobody has answered
     * @param seen  when it was seen that the person had the conversation, null when it never was
     * @param asked when it was first asked to be given back, null when it never was
     * @param given whether that was accepted
     */
    public record Takeover(
            ChatKey chat, Map<String, Boolean> words, Set<String> left, Instant seen, Instant asked, boolean given) {

        boolean told() {
            return words.containsValue(true);
        }
    }

    /** A conversion as Meta counts it. @param count how often it was posted */
    public record AtMeta(String name, String eventId, int count) {}
}
