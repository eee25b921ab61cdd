package io.centurions.platform.testkit.pooler;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Set;

/** One connection to the server; its answers go to whichever client holds it. */
final class Backend {

    // Cleartext, MD5, SASL and its continuation: each is answered by one message of the client.
    private static final Set<Integer> ANSWERED = Set.of(3, 5, 10, 11);

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    volatile Client holder;
    Client last;

    Backend(String host, int port) throws IOException {
        this.socket = new Socket(host, port);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = socket.getOutputStream();
    }

    /**
     * Logs in with what the first client says, so that the pooler need not know how the server wants to
     * be convinced.
     *
     * @return what the server tells a client that has come in, to be told to those who come later
     */
    byte[] logIn(byte[] startUp, DataInputStream clientIn, OutputStream clientOut) throws IOException {
        out.write(startUp);
        ByteArrayOutputStream greeting = new ByteArrayOutputStream();
        while (true) {
            Message message = Message.read(in);
            clientOut.write(message.bytes());
            switch (message.type()) {
                case 'R' -> {
                    clientOut.flush();
                    if (ANSWERED.contains(message.wants())) {
                        out.write(Message.read(clientIn).bytes());
                    }
                    if (message.wants() == 0) {
                        greeting.write(message.bytes());
                    }
                }
                case 'E' -> throw new IOException("the server lets nobody in: " + new String(message.bytes()));
                default -> greeting.write(message.bytes());
            }
            if (message.ready()) {
                clientOut.flush();
                return greeting.toByteArray();
            }
        }
    }

    void send(Message message) throws IOException {
        out.write(message.bytes());
    }

    /** Passes answers on until the connection ends. */
    void listen() {
        try {
            while (true) {
                Message message = Message.read(in);
                Client client = holder;
                if (client != null) {
                    client.answered(message);
                }
            }
        } catch (IOException e) {
            close();
        }
    }

    void close() {
        TransactionPooler.closeQuietly(socket);
    }
}
