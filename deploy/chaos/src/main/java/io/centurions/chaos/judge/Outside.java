package io.centurions.chaos.judge;

import java.time.Instant;
import java.util.List;

/** What the world outside of the fleet did and saw. @param refused what people asked of the back office and were finally refused */
public record Outside(
        List<Written> written,
        List<Arrived> arrived,
        List<Form> forms,
        List<Signed> contracts,
        List<AtMeta> conversions,
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

    /** A conversion as Meta counts it. @param count how often it was posted */
    public record AtMeta(String name, String eventId, int count) {}
}
