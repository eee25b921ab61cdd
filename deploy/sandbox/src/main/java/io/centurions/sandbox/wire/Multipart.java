package io.centurions.sandbox.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a multipart body in memory; uploads here are small, so nothing is written to disk. */
final class Multipart {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern TYPE = Pattern.compile("content-type:\\s*([^\\r\\n]+)", Pattern.CASE_INSENSITIVE);
    private static final byte[] END_OF_HEADERS = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Multipart() {}

    static List<Part> split(String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            return List.of();
        }
        byte[] delimiter = ("--" + boundary.group(1)).getBytes(StandardCharsets.ISO_8859_1);
        List<Part> parts = new ArrayList<>();
        int start = indexOf(body, delimiter, 0);
        while (start >= 0) {
            int from = start + delimiter.length;
            int next = indexOf(body, delimiter, from);
            if (next < 0) {
                break;
            }
            // A part is framed by CRLF on both sides.
            parseInto(parts, Arrays.copyOfRange(body, Math.min(from + 2, next), Math.max(from + 2, next - 2)));
            start = next;
        }
        return parts;
    }

    private static void parseInto(List<Part> parts, byte[] part) {
        int headersEnd = indexOf(part, END_OF_HEADERS, 0);
        if (headersEnd < 0) {
            return;
        }
        String headers = new String(part, 0, headersEnd, StandardCharsets.UTF_8);
        String name = first(NAME, headers);
        if (name != null) {
            byte[] content = Arrays.copyOfRange(part, headersEnd + END_OF_HEADERS.length, part.length);
            parts.add(new Part(name, first(FILE_NAME, headers), first(TYPE, headers), content));
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1).trim() : null;
    }

    private static int indexOf(byte[] body, byte[] wanted, int from) {
        outer:
        for (int at = from; at <= body.length - wanted.length; at++) {
            for (int i = 0; i < wanted.length; i++) {
                if (body[at + i] != wanted[i]) {
                    continue outer;
                }
            }
            return at;
        }
        return -1;
    }
}
