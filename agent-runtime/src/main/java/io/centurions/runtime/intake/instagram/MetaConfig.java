package io.centurions.runtime.intake.instagram;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How Meta proves that a webhook is from Meta. One app serves all accounts, so these belong to the installation. */
@ConfigMapping(prefix = "centurions.meta")
interface MetaConfig {

    /** Signs every webhook body; without it, as with a wrong one, all of them are refused. */
    Optional<String> appSecret();

    /** What Meta repeats when the callback address is registered; without it no address can be registered. */
    Optional<String> verifyToken();
}
