package io.centurions.runtime.intake.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.intake.Incoming;
import java.util.List;

/**
 * One update and the accounts it may be for.
 *
 * @param entry    the part of the body that it stands in
 * @param accounts the entry's id first; some setups report the page there, then the participant on our side is the account
 */
record Addressed(JsonNode entry, List<String> accounts, Incoming incoming) {}
