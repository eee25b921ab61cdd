package io.centurions.runtime.reply;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether replies are paced as each company wishes. */
@ConfigMapping(prefix = "centurions.pace")
interface PaceConfig {

    /** FAST overrules every company's pace with about 50 ms a bubble: for tests and demonstrations. */
    @WithDefault("human")
    Mode mode();

    /** Whose pace counts. */
    enum Mode {
        HUMAN,
        FAST
    }
}
