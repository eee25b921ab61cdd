package io.centurions.platform.testkit.planted;

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

/** Looks through all of Redis, whatever kind a key is of. */
final class RedisKeys {

    // Reads only; the script runs alone, so nothing is moved past it meanwhile.
    private static final String SEARCH = """
            local read = {
              string = function(k) return {redis.call('GET', k)} end,
              hash = function(k) return redis.call('HGETALL', k) end,
              list = function(k) return redis.call('LRANGE', k, 0, -1) end,
              set = function(k) return redis.call('SMEMBERS', k) end,
              zset = function(k) return redis.call('ZRANGE', k, 0, -1) end,
              stream = function(k) return redis.call('XRANGE', k, '-', '+') end}
            local function holds(value)
              if type(value) == 'table' then
                for _, part in ipairs(value) do if holds(part) then return true end end
                return false
              end
              for _, text in ipairs(ARGV) do
                if string.find(tostring(value), text, 1, true) then return true end
              end
              return false
            end
            local found, cursor = {}, '0'
            repeat
              local page = redis.call('SCAN', cursor, 'COUNT', 1000)
              cursor = page[1]
              for _, key in ipairs(page[2]) do
                local kind = redis.call('TYPE', key).ok
                if holds(key) or (read[kind] and holds(read[kind](key))) then found[#found + 1] = kind .. ' ' .. key end
              end
            until cursor == '0'
            return found
            """;

    private RedisKeys() {}

    /** Kind and name of each key that holds one of the texts. */
    static List<String> with(String url, String... texts) {
        URI address = URI.create(url);
        List<String> command = new ArrayList<>(List.of("EVAL", SEARCH, "0"));
        command.addAll(List.of(texts));
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
