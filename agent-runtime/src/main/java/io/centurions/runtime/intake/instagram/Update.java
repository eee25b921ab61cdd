package io.centurions.runtime.intake.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One update, where it stands in its body. */
sealed interface Update permits Addressed, Strange {

    /** What the part of the body calls itself that it stands in. */
    String entry();

    /** The list of that part that it stands in. */
    String list();

    /** As it stands there. */
    JsonNode update();

    /**
     * The accounts it may be for: the entry's id first; some setups report the page there, then the participant on our side is the
     * account; empty when it names none.
     */
    List<String> accounts();
}
