package io.centurions.runtime.think;

/**
 * One message of the conversation, as the model shall read it.
 *
 * @param seq  number of the lead's message; zero for what was said to the lead
 * @param text what was written, or what was understood of a media
 */
public record Line(long seq, String text) {

    boolean fromLead() {
        return seq > 0;
    }
}
