package io.centurions.platform.testkit.cut;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Queue;

/** One connection through the proxy, and its end when it meets the step at which it is to be cut. */
final class Passage {

    private static final int CHUNK = 64 * 1024;
    private static final String NONE = "";

    private final Socket client;
    private final Socket server;
    private final Wire wire;
    private final Steps steps;
    // The steps whose answers have not come, oldest first.
    private final Queue<String> outstanding = new ArrayDeque<>();
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private String step = NONE;

    Passage(Socket client, Socket server, Wire wire, Steps steps) {
        this.client = client;
        this.server = server;
        this.wire = wire;
        this.steps = steps;
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
                if (cutAfter(chunk, read)) {
                    return;
                }
                client.getOutputStream().write(passed());
                client.getOutputStream().flush();
            }
        } catch (IOException e) {
            // One side went away: so does the other.
        } finally {
            close();
        }
    }

    private synchronized boolean cutBefore(Wire.Frame frame) {
        if (frame.step() != null) {
            step = frame.step();
            if (steps.begins(step)) {
                return true;
            }
        }
        if (frame.answered()) {
            outstanding.add(step);
            step = NONE;
        }
        return false;
    }

    /** Whether the step that is to be cut has been answered. */
    private synchronized boolean cutAfter(byte[] chunk, int read) {
        held.write(chunk, 0, read);
        for (boolean found : wire.answers(chunk, read, outstanding.size())) {
            String answered = outstanding.poll();
            // Nobody asked for the first answer of all: PostgreSQL is ready once by itself, after the log-in.
            if (answered != null && steps.ends(answered, found)) {
                return true;
            }
        }
        return false;
    }

    /** What may go on to the client: nothing while an answer is awaited that may be the one to cut. */
    private synchronized byte[] passed() {
        if (steps.awaited(step) || outstanding.stream().anyMatch(steps::awaited)) {
            return new byte[0];
        }
        byte[] passed = held.toByteArray();
        held.reset();
        return passed;
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
