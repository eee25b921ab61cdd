package io.centurions.local.plan;

import io.centurions.local.place.Reason;
import io.centurions.local.place.Trouble;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;

/** The Redis of the environment: whether anybody listens there, asked before services are started that need it. */
public final class RedisAddress {

    private static final int STANDARD_PORT = 6379;
    private static final int PATIENCE_MS = 3_000;

    private RedisAddress() {}

    /** Trouble that names the variable when nobody listens. The address is not repeated: it may hold a password. */
    public static void reach(String text) {
        InetSocketAddress address = place(text);
        try (Socket socket = new Socket()) {
            if (address.isUnresolved()) {
                throw new UnknownHostException(address.getHostString());
            }
            socket.connect(address, PATIENCE_MS);
        } catch (IOException e) {
            throw new Trouble(
                    "cannot reach the Redis of REDIS_URL (" + address.getHostString() + " port " + address.getPort()
                            + "): " + Reason.of(e),
                    e);
        }
    }

    private static InetSocketAddress place(String text) {
        URI uri = URI.create(text);
        return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? STANDARD_PORT : uri.getPort());
    }
}
