/** The doors to the fleet and to the simulated world: back office, simulators, database, processes; and how one waits there. Must not know what is proven. */
package io.centurions.chaos.world;
