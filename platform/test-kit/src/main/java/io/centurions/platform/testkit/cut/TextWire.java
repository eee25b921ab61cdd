package io.centurions.platform.testkit.cut;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A wire whose requests are recognised by a pattern in what the client writes at once: the command of a Redis request, the
 * request line of HTTP. Group 1 is the step. Whatever the server says is an answer to all that was asked.
 */
final class TextWire implements Wire {

    // How a connection begins is no step: the pool makes one when it needs one, which belongs to no scene.
    private static final Pattern REDIS = Pattern.compile("\\*\\d+\\r\\n\\$\\d+\\r\\n(?!HELLO\\r)([A-Za-z]+)\\r\\n");
    private static final Pattern HTTP = Pattern.compile("^((?:GET|POST|PUT|DELETE) /[^ ?]*)");
    // An id in a path: digits, a bot's token, a UUID.
    private static final Pattern NAMED_ID = Pattern.compile("/[^/]*\\d[^/]*(?=/|$)");

    // What Redis says when there is none, in both of its protocols.
    private static final Set<String> NOTHING = Set.of("*-1\r\n", "$-1\r\n", "_\r\n", "*0\r\n");
    private static final int LONGEST_NOTHING = 6;

    private final Pattern step;

    private TextWire(Pattern step) {
        this.step = step;
    }

    static TextWire redis() {
        return new TextWire(REDIS);
    }

    static TextWire http() {
        return new TextWire(HTTP);
    }

    @Override
    public List<Frame> fromClient(byte[] bytes, int length) {
        byte[] chunk = Arrays.copyOf(bytes, length);
        Matcher matcher = step.matcher(new String(chunk, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            return List.of(new Frame(chunk, null, false));
        }
        String name = matcher.group(1);
        return List.of(new Frame(
                chunk, name.contains("/") ? NAMED_ID.matcher(name).replaceAll("/…") : name.toUpperCase(), true));
    }

    // Answers come in any number of pieces: the first piece after the requests is their answer.
    @Override
    public List<Boolean> answers(byte[] bytes, int length, int outstanding) {
        String piece = new String(bytes, 0, Math.min(length, LONGEST_NOTHING), StandardCharsets.ISO_8859_1);
        return Collections.nCopies(outstanding, !NOTHING.contains(piece));
    }
}
