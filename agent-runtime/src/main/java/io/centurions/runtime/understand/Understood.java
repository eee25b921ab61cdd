package io.centurions.runtime.understand;

import io.centurions.contracts.id.MessageId;
import java.util.Map;
import java.util.Set;

/**
 * What became of the media of a burst.
 *
 * @param texts  what was understood, by message; a message that could not be understood is absent
 * @param putOff those to be asked about again that failed while there was patience; not what was cut off when it ended, nor what
 *               the others left none for
 */
public record Understood(Map<MessageId, String> texts, Set<MessageId> putOff) {

    /** There was no media. */
    public static final Understood NOTHING = new Understood(Map.of(), Set.of());

    public Understood {
        texts = Map.copyOf(texts);
        putOff = Set.copyOf(putOff);
    }
}
