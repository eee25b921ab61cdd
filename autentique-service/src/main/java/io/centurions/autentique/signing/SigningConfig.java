package io.centurions.autentique.signing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How contracts are brought forward. */
@ConfigMapping(prefix = "signing")
interface SigningConfig {

    /** How often due contracts are looked for when nothing woke the loop; bounds the wait after a crash or a lost hint. */
    @WithDefault("2s")
    Duration poll();

    /**
     * Contracts of all companies brought forward at once by a replica. Not for speed, as the provider allows 60 calls a
     * minute to an account, which half of this uses up: so that companies whose calls hang, each with
     * {@link #atOncePerCompany()} places, leave some to the others. Three do; where more hang at the same moment, the
     * others wait for the end of a call, until the breakers of those open.
     */
    @WithDefault("8")
    int atOnce();

    /** Of one company: two, so that a single contract whose call hangs does not hold back its company's others. */
    @WithDefault("2")
    int atOncePerCompany();

    /** How long a claim holds. Must exceed all calls of one step together, else two replicas would do the same step. */
    @WithDefault("3m")
    Duration lease();

    /**
     * First wait after a call that did not succeed; doubles up to {@link #longestWait()}, but not while a notice of the
     * last hour may be without an answer. Long enough for a document whose answer was lost to appear in the provider's
     * list, because then it is looked for and not made again. However many notices come, no call is repeated sooner.
     */
    @WithDefault("30s")
    Duration firstWait();

    /** Ceiling of the growing wait. */
    @WithDefault("15m")
    Duration longestWait();

    /** A contract that could not be sent for so long is failed, so that somebody looks at it. */
    @WithDefault("24h")
    Duration giveUpAfter();

    /** How often a contract without notices is confirmed all the same, should a notice be lost. Each look may be billed. */
    @WithDefault("6h")
    Duration reconcileAfter();
}
