package io.centurions.local.balance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One listening port and those behind it, in turn. Who refuses the connection is passed over; who dies in the middle ends it, and
 * the caller sees that as it would see it without us. Nobody's health is asked.
 */
final class Front implements AutoCloseable {

    private static final int CONNECT_MS = 2_000;
    private static final int BACKLOG = 512;

    private final ServerSocket listening;
    private final List<Integer> behind;
    private final AtomicInteger turn = new AtomicInteger();

    private Front(ServerSocket listening, List<Integer> behind) {
        this.listening = listening;
        this.behind = List.copyOf(behind);
    }

    static Front open(int port, List<Integer> behind) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        return new Front(socket, behind);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Begins to take connections; returns at once. */
    void serve() {
        Thread.ofPlatform().name("front-" + port()).daemon().start(this::accept);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket caller = listening.accept();
                Thread.ofVirtual().start(() -> handOn(caller));
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    System.err.println("front " + port() + " could not take a connection: " + e.getMessage());
                }
            }
        }
    }

    private void handOn(Socket caller) {
        try (caller;
                Socket target = reach()) {
            Thread answers = Thread.ofVirtual().start(() -> copy(target, caller));
            copy(caller, target);
            answers.join();
        } catch (IOException e) {
            // Nobody lives behind us, or one side is gone: both connections are closed, which is all that a caller can
            // learn.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket reach() throws IOException {
        IOException refused = new IOException("nobody stands behind port " + port());
        int first = turn.getAndIncrement();
        for (int i = 0; i < behind.size(); i++) {
            int port = behind.get(Math.floorMod(first + i, behind.size()));
            Socket target = new Socket();
            try {
                target.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
                return target;
            } catch (IOException e) {
                target.close();
                refused = e;
            }
        }
        throw refused;
    }

    // The end of one direction is passed on; a broken one ends both, so that neither side waits for ever.
    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            closeBoth(from, to);
        }
    }

    private static void closeBoth(Socket one, Socket other) {
        for (Socket socket : List.of(one, other)) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone either way.
                continue;
            }
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port() + " cannot be closed", e);
        }
    }
}
