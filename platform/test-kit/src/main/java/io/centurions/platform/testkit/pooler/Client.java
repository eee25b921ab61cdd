package io.centurions.platform.testkit.pooler;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One client's connection: holds a backend from the first message of a transaction until the server is
 * idle again.
 */
final class Client {

    private final TransactionPooler pooler;
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private Backend backend;
    private int unanswered;
    // Something was said that no question ends yet: the server keeps it for this connection.
    private boolean halfSaid;

    Client(TransactionPooler pooler, Socket socket) throws IOException {
        this.pooler = pooler;
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = new BufferedOutputStream(socket.getOutputStream());
    }

    void serve() {
        try {
            pooler.letIn(Message.readStartUp(in, out), in, out);
            for (Message message = Message.read(in); message.type() != 'X'; message = Message.read(in)) {
                holding(message).send(message);
            }
        } catch (IOException e) {
            // It went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            leave();
        }
    }

    private Backend holding(Message message) throws InterruptedException {
        lock.lock();
        try {
            if (backend == null) {
                backend = pooler.take(this);
            }
            halfSaid = !message.endsAQuestion();
            unanswered += halfSaid ? 0 : 1;
            return backend;
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock, so that what follows on another backend cannot be told before this. */
    void answered(Message message) throws IOException {
        lock.lock();
        try {
            out.write(message.bytes());
            if (message.ready()) {
                out.flush();
                unanswered--;
                if (unanswered == 0 && !halfSaid && message.idle()) {
                    pooler.giveBack(backend);
                    backend = null;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        TransactionPooler.closeQuietly(socket);
        lock.lock();
        try {
            if (backend != null) {
                // In the middle of something: nobody else may come into that.
                backend.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
