package io.centurions.platform.testkit.cut;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Supplier;

/**
 * Stands in front of a server and passes bytes on, until a test asks it to cut the next connection that comes to a certain step.
 * {@link Cuts} is a test's handle on it. Lives as long as the JVM.
 */
public final class CuttingProxy {

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final Supplier<Wire> wire;
    private final Steps steps = new Steps();

    private CuttingProxy(ServerSocket listener, String host, int port, Supplier<Wire> wire) {
        this.listener = listener;
        this.host = host;
        this.port = port;
        this.wire = wire;
    }

    /** In front of PostgreSQL; steps are SQL statements. */
    public static CuttingProxy postgres(String name, String host, int port) {
        return started(name, host, port, PostgresWire::new);
    }

    /** In front of Redis; steps are commands. */
    public static CuttingProxy redis(String name, String host, int port) {
        return started(name, host, port, TextWire::redis);
    }

    /** In front of an HTTP/1.1 server; steps are request lines without ids. */
    public static CuttingProxy http(String name, String host, int port) {
        return started(name, host, port, TextWire::http);
    }

    private static CuttingProxy started(String name, String host, int port, Supplier<Wire> wire) {
        try {
            CuttingProxy proxy =
                    new CuttingProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), host, port, wire);
            Thread.ofPlatform().daemon().name("cutting-proxy-" + name).start(proxy::accept);
            Cuts.offer(name, proxy.steps);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the proxy in front of " + name, e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                client.setTcpNoDelay(true);
                connect(client);
            } catch (IOException e) {
                // The next connection may do; a closed listener ends the loop.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server;
        try {
            server = new Socket(host, port);
            server.setTcpNoDelay(true);
        } catch (IOException e) {
            client.close();
            return;
        }
        Passage passage = new Passage(client, server, wire.get(), steps);
        Thread.ofVirtual().start(passage::clientToServer);
        Thread.ofVirtual().start(passage::serverToClient);
    }
}
