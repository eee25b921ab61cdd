package io.centurions.runtime.intake.instagram;

import io.centurions.runtime.intake.Incoming;
import java.util.List;

/**
 * One update and the accounts it may be for.
 *
 * @param accounts the entry's id first; some setups report the page there, then the participant on our side is the account
 */
record Addressed(List<String> accounts, Incoming incoming) {}
