package io.centurions.local.place;

/** Every port of a fleet, counted from one base. */
public record Ports(int base) {

    public static final int DEFAULT_BASE = 8080;

    /** How many ports a fleet spans, first to last. */
    public static final int SPAN = 70;

    /** The most processes of one service: the ports of a fleet leave room for so many. */
    public static final int REPLICAS_MOST = 5;

    public Ports {
        if (base < 1024 || base + SPAN > 65_536) {
            throw new Trouble("--port-base must lie between 1024 and " + (65_536 - SPAN) + ", not " + base);
        }
    }

    public int at(int offset) {
        return base + offset;
    }

    /** Of a service's n-th process; the first has the standard port. */
    public int replica(int offset, int number) {
        return number == 1 ? at(offset) : at(10 + 10 * number + offset);
    }

    /** Where the balancer stands before the processes of a service. */
    public int front(int offset) {
        return at(10 + offset);
    }

    /** Where a service that listens on this port tells operators of itself. */
    public static int management(int port) {
        return port + 5;
    }

    public int backoffice() {
        return at(0);
    }

    public int sandbox() {
        return at(10);
    }

    public int postgres() {
        return at(20);
    }

    public int redis() {
        return at(21);
    }
}
