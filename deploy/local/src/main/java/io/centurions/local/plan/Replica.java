package io.centurions.local.plan;

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
}
