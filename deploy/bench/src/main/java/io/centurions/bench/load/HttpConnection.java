package io.centurions.bench.load;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept-alive HTTP/1.1 connection to this machine; opens itself again when it was closed. For one thread. */
public final class HttpConnection implements Closeable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final String LENGTH = "content-length:";

    private final int port;
    private final byte[] buffer = new byte[16_384];
    private Socket socket;

    public HttpConnection(int port) {
        this.port = port;
    }

    /**
     * Sends a whole request as it stands and reads the answer to its end.
     *
     * @return the status
     */
    public int send(byte[] request) throws IOException {
        if (socket == null) {
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        }
        try {
            socket.getOutputStream().write(request);
            return answer(socket.getInputStream());
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private int answer(InputStream in) throws IOException {
        int have = 0;
        int headEnd = -1;
        while (headEnd < 0) {
            int read = in.read(buffer, have, buffer.length - have);
            if (read <= 0) {
                throw new EOFException("the server closed the connection");
            }
            have += read;
            headEnd = headEnd(have);
        }
        String head = new String(buffer, 0, headEnd, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int status = Integer.parseInt(head.substring(9, 12));
        int length = length(head);
        skip(in, length - (have - headEnd));
        if (length < 0 || head.contains("connection: close")) {
            close();
        }
        return status;
    }

    private int headEnd(int have) {
        for (int at = 3; at < have; at++) {
            if (buffer[at] == '\n' && buffer[at - 1] == '\r' && buffer[at - 2] == '\n') {
                return at + 1;
            }
        }
        return -1;
    }

    // Without a length the end is the connection's: closing it is the plain way to be done with it.
    private static int length(String head) {
        int at = head.indexOf(LENGTH);
        return at < 0
                ? -1
                : Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at))
                        .strip());
    }

    private void skip(InputStream in, int rest) throws IOException {
        int left = rest;
        while (left > 0) {
            int read = in.read(buffer, 0, Math.min(left, buffer.length));
            if (read <= 0) {
                throw new EOFException("the answer ended early");
            }
            left -= read;
        }
    }

    @Override
    public void close() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is given up either way.
            }
            socket = null;
        }
    }
}
