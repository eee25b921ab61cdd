package io.centurions.runtime.intake.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.intake.Incoming;
import java.util.List;

/**
 * One update and the accounts it may be for.
 *
 * @param entry    what the part of the body calls itself that it stands in
 * @param list     the list of that part that it stands in
 * @param update   as it stands there
 * @param accounts the entry's id first; some setups report the page there, then the participant on our side is the account;
 *                 empty when it names none
 */
record Addressed(String entry, String list, JsonNode update, List<String> accounts, Incoming incoming) {

    /** The account that has to be connected for it, if it names one: nobody connects a page. */
    String account() {
        return accounts.getLast();
    }
}
