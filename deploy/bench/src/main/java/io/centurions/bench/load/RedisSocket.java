package io.centurions.bench.load;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The barest client of Redis: one command, one answer. For one thread. */
public final class RedisSocket implements Closeable {

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[4096];

    public RedisSocket(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    /** Sends it and returns what came back at once, as text; enough to know that it is done. */
    public String command(String... words) throws IOException {
        StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            request.append('$')
                    .append(word.length())
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
        int read = in.read(buffer);
        if (read < 0) {
            throw new EOFException("Redis closed the connection");
        }
        return new String(buffer, 0, read, StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
