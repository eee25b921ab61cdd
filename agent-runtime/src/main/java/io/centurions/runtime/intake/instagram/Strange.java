package io.centurions.runtime.intake.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An update in a form that this release does not know: it may be what a lead wrote, so it is kept for a person.
 *
 * @param reason what is wrong with the form; nothing of the content
 */
record Strange(String entry, String list, JsonNode update, List<String> accounts, String reason) implements Update {}
