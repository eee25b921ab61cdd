package io.centurions.platform.testkit.cut;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL's frontend/backend protocol, version 3, without TLS. A step is the SQL of a Bind or a simple Query, its white
 * space folded; an answer is ReadyForQuery. All transactions end with the same word, so a COMMIT is named after the last
 * statement that it makes true.
 */
final class PostgresWire implements Wire {

    static final String COMMIT = "COMMIT";
    static final String COMMIT_OF = COMMIT + " of ";

    private static final int START_UP_HEADER = 4;
    private static final int HEADER = 5;

    private final Map<String, String> sqlByStatement = new HashMap<>();
    private byte[] clientRest = new byte[0];
    private byte[] serverRest = new byte[0];
    private boolean started;
    private String last;
    private boolean found;

    @Override
    public List<Frame> fromClient(byte[] bytes, int length) {
        ByteBuffer buffer = joined(clientRest, bytes, length);
        List<Frame> frames = new ArrayList<>();
        while (buffer.remaining() >= (started ? HEADER : START_UP_HEADER)) {
            int size = started ? 1 + buffer.getInt(buffer.position() + 1) : buffer.getInt(buffer.position());
            if (buffer.remaining() < size) {
                break;
            }
            byte[] message = new byte[size];
            buffer.get(message);
            frames.add(started ? frame(message) : new Frame(message, null, false));
            started = true;
        }
        clientRest = rest(buffer);
        return frames;
    }

    @Override
    public List<Boolean> answers(byte[] bytes, int length, int outstanding) {
        ByteBuffer buffer = joined(serverRest, bytes, length);
        List<Boolean> answers = new ArrayList<>();
        while (buffer.remaining() >= HEADER) {
            int size = 1 + buffer.getInt(buffer.position() + 1);
            if (buffer.remaining() < size) {
                break;
            }
            byte[] message = new byte[size];
            buffer.get(message);
            if (message[0] == 'C') {
                found = !text(message, HEADER).endsWith(" 0");
            } else if (message[0] == 'Z') {
                answers.add(found);
                found = false;
            }
        }
        serverRest = rest(buffer);
        return answers;
    }

    private Frame frame(byte[] message) {
        return switch (message[0]) {
            case 'P' -> {
                String statement = text(message, HEADER);
                sqlByStatement.put(statement, folded(text(message, HEADER + bytesOf(statement) + 1)));
                yield new Frame(message, null, false);
            }
            case 'B' -> {
                String portal = text(message, HEADER);
                yield new Frame(message, named(sqlByStatement.get(text(message, HEADER + bytesOf(portal) + 1))), false);
            }
            case 'Q' -> new Frame(message, named(folded(text(message, HEADER))), true);
            case 'S' -> new Frame(message, null, true);
            default -> new Frame(message, null, false);
        };
    }

    private String named(String sql) {
        String name = COMMIT.equals(sql) && last != null ? COMMIT_OF + last : sql;
        last = sql;
        return name;
    }

    private static String text(byte[] message, int from) {
        int end = from;
        while (message[end] != 0) {
            end++;
        }
        return new String(message, from, end - from, StandardCharsets.UTF_8);
    }

    private static int bytesOf(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String folded(String sql) {
        return sql.replaceAll("\\s+", " ").strip();
    }

    private static ByteBuffer joined(byte[] rest, byte[] bytes, int length) {
        byte[] all = Arrays.copyOf(rest, rest.length + length);
        System.arraycopy(bytes, 0, all, rest.length, length);
        return ByteBuffer.wrap(all);
    }

    private static byte[] rest(ByteBuffer buffer) {
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return rest;
    }
}
