package io.centurions.local.plan;

import io.centurions.local.place.Ports;

/**
 * One process of a service.
 *
 * @param number from 1
 * @param port   where it listens
 */
public record Replica(Service service, int number, int port) {

    /** As in {@code status} and {@code logs}; the first is named like its module. */
    public String name() {
        return number == 1 ? service.module() : service.module() + "-" + number;
    }

    public String address() {
        return "http://localhost:" + port;
    }

    /** Where it tells operators of itself: health and figures. */
    public String managementAddress() {
        return "http://localhost:" + managementPort();
    }

    public int managementPort() {
        return Ports.management(port);
    }
}
