package io.centurions.backoffice.isolation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How soon it is noticed that companies are not kept apart. */
@ConfigMapping(prefix = "centurions.isolation")
interface IsolationConfig {

    /** From one round of attacks to the next; a round takes some four hundred short statements and two hundred
     * requests to ourselves. */
    @WithDefault("1m")
    Duration every();

    /** Companies whose locks are looked at a round: a thousand of them in five minutes. */
    @WithDefault("200")
    int wallsARound();
}
