package io.centurions.backoffice.isolation;

import java.util.List;

/** One way in which a company might get at another. */
interface Attack {

    /** Names the metric and the log line. */
    String name();

    /**
     * Tries it, and leaves everything as it was.
     *
     * @return what the attacker got hold of, in words that tell no content; empty when the wall held
     */
    List<String> attempt(Canary attacker, Canary victim);
}
