package io.centurions.evolution.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A webhook's bytes without the instance's key. The server writes it into each of them; whoever reads what is kept
 * must not be able to speak as the instance, and nobody reads it there again.
 */
final class WithoutKey {

    private static final byte[] NAME = "\"apikey\"".getBytes(StandardCharsets.US_ASCII);

    private WithoutKey() {}

    /**
     * Of the same length, with stars where the key was; the very same bytes where there is none. What a lead writes is
     * never touched: quotes within a text are escaped.
     */
    static byte[] of(byte[] body) {
        byte[] kept = body;
        int at = next(body, 0);
        while (at >= 0) {
            int begin = valueAfter(body, at);
            int end = begin < 0 ? at : endOfText(body, begin);
            if (begin >= 0 && end > begin) {
                kept = kept == body ? body.clone() : kept;
                Arrays.fill(kept, begin, end, (byte) '*');
            }
            at = next(body, end);
        }
        return kept;
    }

    /** Just behind the name, or -1. */
    private static int next(byte[] body, int from) {
        for (int at = from; at <= body.length - NAME.length; at++) {
            if (body[at] == '"' && Arrays.equals(body, at, at + NAME.length, NAME, 0, NAME.length)) {
                return at + NAME.length;
            }
        }
        return -1;
    }

    /** Where the text begins that is the value; -1 when it is no text. */
    private static int valueAfter(byte[] body, int name) {
        int at = skipBlanks(body, name);
        if (at >= body.length || body[at] != ':') {
            return -1;
        }
        at = skipBlanks(body, at + 1);
        return at < body.length && body[at] == '"' ? at + 1 : -1;
    }

    private static int skipBlanks(byte[] body, int from) {
        int at = from;
        while (at < body.length && Character.isWhitespace(body[at])) {
            at++;
        }
        return at;
    }

    // A body that was cut off ends the text too.
    private static int endOfText(byte[] body, int from) {
        int at = from;
        while (at < body.length && body[at] != '"') {
            at += body[at] == '\\' ? 2 : 1;
        }
        return Math.min(at, body.length);
    }
}
