package io.centurions.platform.streams;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** What a replica is called in its groups: readable for an operator, and never used twice. */
final class ConsumerName {

    private ConsumerName() {}

    static String unique() {
        return host() + "-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }
}
