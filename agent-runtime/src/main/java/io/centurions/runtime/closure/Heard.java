package io.centurions.runtime.closure;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.contracts.id.MessageId;
import io.centurions.runtime.understand.MediaKind;
import io.centurions.runtime.understand.Unheard;
import java.time.Duration;
import java.util.Optional;

/**
 * One message of the conversation as it is stored.
 *
 * @param seq        number of the lead's message; zero for what was said to the lead
 * @param transcript what was understood of its media; null when nothing was, yet
 * @param media      what intake kept of its media; a missing node when there is none
 * @param coming     true while its media is still being fetched, or it is not yet time to ask about it again
 * @param waited     for how long its media is being fetched or, once it is there, was asked about in vain; zero when it never was
 * @param settled    true when its media is not asked about (again), whether or not there is a transcript
 * @param trace      what its webhook was traced as
 */
record Heard(
        MessageId id,
        long seq,
        String kind,
        String text,
        String transcript,
        JsonNode media,
        boolean coming,
        Duration waited,
        boolean settled,
        JsonNode trace) {

    boolean fromLead() {
        return seq > 0;
    }

    /** Its media, when it can be made text of now. */
    Optional<Unheard> unheard() {
        return fromLead() && transcript == null && !settled && !coming && !media.isMissingNode()
                ? MediaKind.of(kind).map(known -> new Unheard(id, known, media))
                : Optional.empty();
    }

    Heard understoodAs(String words) {
        return words == null ? this : new Heard(id, seq, kind, text, words, media, coming, waited, settled, trace);
    }
}
