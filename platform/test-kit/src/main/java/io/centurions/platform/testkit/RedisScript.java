package io.centurions.platform.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs a Lua script in Redis that answers with a list of texts, on a connection of its own. */
public final class RedisScript {

    private RedisScript() {}

    /** @throws UncheckedIOException also when Redis answers with an error or with anything but a list */
    public static List<String> run(String url, String script, List<String> arguments) {
        URI address = URI.create(url);
        List<String> command = new ArrayList<>(List.of("EVAL", script, "0"));
        command.addAll(arguments);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(20_000);
            send(socket.getOutputStream(), command);
            return answer(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException("Redis could not be looked through", e);
        }
    }

    private static void send(OutputStream out, List<String> command) throws IOException {
        StringBuilder text = new StringBuilder("*" + command.size() + "\r\n");
        for (String part : command) {
            int bytes = part.getBytes(StandardCharsets.UTF_8).length;
            text.append('$').append(bytes).append("\r\n").append(part).append("\r\n");
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static List<String> answer(InputStream in) throws IOException {
        String head = line(in);
        if (!head.startsWith("*")) {
            throw new IOException("Redis answered " + head);
        }
        List<String> found = new ArrayList<>();
        for (int left = Integer.parseInt(head.substring(1)); left > 0; left--) {
            int bytes = Integer.parseInt(line(in).substring(1));
            found.add(new String(in.readNBytes(bytes), StandardCharsets.UTF_8));
            line(in);
        }
        return found;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                throw new IOException("Redis ended the connection");
            }
            if (one != '\r') {
                line.append((char) one);
            }
        }
        return line.toString();
    }
}
