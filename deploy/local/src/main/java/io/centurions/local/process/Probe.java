package io.centurions.local.process;

import java.util.Optional;

/** Asks a process whether it serves. Quick, repeatable, changes nothing. */
@FunctionalInterface
public interface Probe {

    /**
     * Empty when ready; else the reason in a few words, as far as it is known.
     *
     * @throws io.centurions.local.place.Trouble when waiting cannot help
     */
    Optional<String> missing();
}
