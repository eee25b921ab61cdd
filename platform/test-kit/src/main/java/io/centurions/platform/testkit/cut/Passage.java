package io.centurions.platform.testkit.cut;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.function.Function;

/** One connection through the proxy, and its end when it meets the step at which it is to be cut. */
final class Passage {

    private static final int CHUNK = 64 * 1024;

    private final Socket client;
    private final Socket server;
    private final Wire wire;
    private final Function<String, Moment> meets;
    private int requests;
    private int answers;
    // Answers to wait for before the cut; from then on nothing more reaches the client.
    private int cutAfter = -1;

    Passage(Socket client, Socket server, Wire wire, Function<String, Moment> meets) {
        this.client = client;
        this.server = server;
        this.wire = wire;
        this.meets = meets;
    }

    void clientToServer() {
        try {
            InputStream in = client.getInputStream();
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                for (Wire.Frame frame : wire.fromClient(chunk, read)) {
                    if (cutBefore(frame)) {
                        return;
                    }
                    server.getOutputStream().write(frame.bytes());
                }
                server.getOutputStream().flush();
            }
        } catch (IOException e) {
            // One side went away: so does the other.
        } finally {
            close();
        }
    }

    void serverToClient() {
        try {
            InputStream in = server.getInputStream();
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (answered(chunk, read)) {
                    return;
                }
                if (!muted()) {
                    client.getOutputStream().write(chunk, 0, read);
                    client.getOutputStream().flush();
                }
            }
        } catch (IOException e) {
            // One side went away: so does the other.
        } finally {
            close();
        }
    }

    private synchronized boolean cutBefore(Wire.Frame frame) {
        Moment moment = frame.step() == null ? null : meets.apply(frame.step());
        if (moment == Moment.BEFORE) {
            return true;
        }
        if (moment == Moment.AFTER) {
            cutAfter = wire.answersBeforeNext(requests, answers) + 1;
        }
        if (frame.answered()) {
            requests++;
        }
        return false;
    }

    /** Whether the step that is to be cut has been answered. */
    private synchronized boolean answered(byte[] chunk, int read) {
        answers += wire.answersIn(chunk, read);
        return cutAfter >= 0 && answers >= cutAfter;
    }

    private synchronized boolean muted() {
        return cutAfter >= 0;
    }

    private void close() {
        for (Socket socket : new Socket[] {client, server}) {
            try {
                socket.close();
            } catch (IOException e) {
                // Closed enough.
            }
        }
    }
}
