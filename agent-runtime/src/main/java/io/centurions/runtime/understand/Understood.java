package io.centurions.runtime.understand;

import io.centurions.contracts.id.MessageId;
import java.util.Map;

/**
 * What became of the media of a burst.
 *
 * @param texts  what was understood, by message; a message that could not be understood is absent
 * @param putOff true when one of them is to be asked about again
 */
public record Understood(Map<MessageId, String> texts, boolean putOff) {

    /** There was no media. */
    public static final Understood NOTHING = new Understood(Map.of(), false);

    public Understood {
        texts = Map.copyOf(texts);
    }
}
