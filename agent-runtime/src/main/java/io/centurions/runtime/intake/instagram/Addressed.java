package io.centurions.runtime.intake.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.intake.Incoming;
import java.util.List;

/** An update that was understood. */
record Addressed(String entry, String list, JsonNode update, List<String> accounts, Incoming incoming)
        implements Update {

    /** The account that has to be connected for it, if it names one: nobody connects a page. */
    String account() {
        return accounts.getLast();
    }
}
