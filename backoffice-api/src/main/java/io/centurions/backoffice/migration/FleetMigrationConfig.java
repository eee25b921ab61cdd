package io.centurions.backoffice.migration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient a migration of the fleet is. */
@ConfigMapping(prefix = "centurions.fleet-migration")
interface FleetMigrationConfig {

    /** How often the owner looks whether there is a migration to be done. Looking is one small statement. */
    @WithDefault("2s")
    Duration every();

    /**
     * From a company that was busy (its tables locked, its step too slow) to its next try; doubled each time.
     */
    @WithDefault("2s")
    Duration firstWait();

    /** How often a busy company is tried before it is set aside. With the doubling waits a minute in all. */
    @WithDefault("6")
    int triesMost();
}
