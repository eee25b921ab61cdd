package io.centurions.contracts.centurion;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.id.CenturionId;
import io.centurions.contracts.id.Id;

/**
 * A configuration of a Centurion was published.
 *
 * <p>Written in the transaction that published it. At least once: a repeat has the same event id. A hint for
 * caches: each turn reads the published configuration itself.
 *
 * @param centurion     the Centurion
 * @param configVersion number of the published configuration, from 1, grows by one
 */
public record CenturionConfigUpdated(CenturionId centurion, int configVersion) implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "centurion.config.updated";

    public CenturionConfigUpdated {
        Check.present(centurion, "centurion");
        Check.positive(configVersion, "configVersion");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Id subject() {
        return centurion;
    }

    @Override
    public long seq() {
        return configVersion;
    }
}
