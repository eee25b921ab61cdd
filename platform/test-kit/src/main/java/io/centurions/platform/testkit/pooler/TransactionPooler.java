package io.centurions.platform.testkit.pooler;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * PgBouncer's transaction mode in Java, for machines without PgBouncer: a server connection belongs to a
 * client for one transaction and goes to the next one as it is, without being reset. Free connections are
 * handed out in turn, so that a client meets another one's nearly each time. One user and one database;
 * clients that come late are not asked who they are. For tests.
 */
public final class TransactionPooler implements Pooler {

    private final Server server;
    private final ServerSocket listener;
    private final BlockingQueue<Backend> free = new LinkedBlockingQueue<>();
    private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();
    private final Queue<Backend> backends = new ConcurrentLinkedQueue<>();
    private final AtomicLong handedOver = new AtomicLong();
    private byte[] firstStartUp;
    private byte[] greeting;

    private TransactionPooler(Server server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    /** In front of a server, on a free port. */
    public static TransactionPooler inFrontOf(Server server) {
        try {
            var pooler = new TransactionPooler(server, new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
            Thread.ofPlatform().daemon().name("pooler").start(pooler::accept);
            return pooler;
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the pooler", e);
        }
    }

    @Override
    public int port() {
        return listener.getLocalPort();
    }

    /** How often a client got a connection that another one had used just before. */
    public long handedOver() {
        return handedOver.get();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the pooler does not end", e);
        }
        clients.forEach(TransactionPooler::closeQuietly);
        backends.forEach(Backend::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                clients.add(socket);
                Client client = new Client(this, socket);
                Thread.ofPlatform().daemon().name("pooler-client").start(client::serve);
            } catch (IOException e) {
                // The next one may do; a closed listener ends the loop.
            }
        }
    }

    /** One after the other: the first ones bring the server connections with them. */
    synchronized void letIn(byte[] startUp, DataInputStream in, OutputStream out) throws IOException {
        if (firstStartUp != null && !Arrays.equals(firstStartUp, startUp)) {
            throw new IOException("one pooler serves one user and one database");
        }
        if (backends.size() < server.connections()) {
            Backend backend = new Backend(server.host(), server.port());
            greeting = backend.logIn(startUp, in, out);
            firstStartUp = startUp;
            backends.add(backend);
            free.add(backend);
            Thread.ofPlatform().daemon().name("pooler-server").start(backend::listen);
        } else {
            out.write(greeting);
            out.flush();
        }
    }

    Backend take(Client client) throws InterruptedException {
        Backend backend = free.take();
        if (backend.last != null && backend.last != client) {
            handedOver.incrementAndGet();
        }
        backend.holder = client;
        return backend;
    }

    void giveBack(Backend backend) {
        backend.last = backend.holder;
        backend.holder = null;
        free.add(backend);
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Closed enough.
        }
    }
}
