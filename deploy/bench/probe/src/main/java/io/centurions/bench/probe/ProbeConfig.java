package io.centurions.bench.probe;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.UUID;

/** What the bench asks of the probe. */
@ConfigMapping(prefix = "probe")
interface ProbeConfig {

    /** Whose events they are; must exist. */
    UUID company();

    /** Events a second, sent at fixed moments. */
    double perSecond();

    /** What is left out at the beginning of each series. */
    Duration warm();

    /** What is measured after it. */
    Duration measured();

    /** Where the waits are written to, one a line in nanoseconds, in the order of sending; -1 for one that never came. */
    String result();

    /** As {@link #result}, of the second series: events that nobody waits for. */
    String resultSoon();
}
