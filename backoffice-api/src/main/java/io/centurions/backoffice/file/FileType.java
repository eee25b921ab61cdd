package io.centurions.backoffice.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What a file is by how it begins. Only what is certain is named; HTML, SVG and XML never are, whatever
 * surrounds them, because a browser might run them.
 */
final class FileType {

    /** Enough for the first names in an archive, which tell Office files apart. */
    static final int HEAD_BYTES = 4096;

    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";
    private static final Map<String, String> BRANDS = Map.of(
            "M4A ",
            "audio/mp4",
            "M4B ",
            "audio/mp4",
            "M4V ",
            "video/mp4",
            "isom",
            "video/mp4",
            "iso2",
            "video/mp4",
            "iso5",
            "video/mp4",
            "iso6",
            "video/mp4",
            "mp41",
            "video/mp4",
            "mp42",
            "video/mp4",
            "avc1",
            "video/mp4");

    private final byte[] head;
    private final boolean whole;

    private FileType(byte[] head, boolean whole) {
        this.head = head;
        this.whole = whole;
    }

    /**
     * @param head  the first {@link #HEAD_BYTES}, or fewer where there are no more
     * @param whole whether that is all of the file
     * @return as {@code image/png}; empty when it is nothing that we know
     */
    static Optional<String> of(byte[] head, boolean whole) {
        FileType file = new FileType(head, whole);
        return file.binary().or(file::text);
    }

    private Optional<String> binary() {
        if (begins(0, "\211PNG\r\n\032\n")) {
            return Optional.of("image/png");
        } else if (begins(0, "\377\330\377")) {
            return Optional.of("image/jpeg");
        } else if (begins(0, "GIF87a") || begins(0, "GIF89a")) {
            return Optional.of("image/gif");
        } else if (begins(0, "RIFF") && begins(8, "WEBP")) {
            return Optional.of("image/webp");
        } else if (begins(0, "%PDF-")) {
            return Optional.of("application/pdf");
        } else if (begins(0, "OggS")) {
            return Optional.of("audio/ogg");
        } else if (begins(4, "ftyp") && head.length >= 12) {
            return Optional.ofNullable(BRANDS.get(latin(8, 12)));
        } else if (begins(0, "PK\003\004")) {
            return office();
        }
        return isMp3() ? Optional.of("audio/mpeg") : Optional.empty();
    }

    // Names in an archive stand uncompressed before what they name.
    private Optional<String> office() {
        String names = latin(0, head.length);
        if (!names.contains("[Content_Types].xml")) {
            return Optional.empty();
        } else if (names.contains("word/")) {
            return Optional.of(OFFICE + "wordprocessingml.document");
        }
        return names.contains("xl/") ? Optional.of(OFFICE + "spreadsheetml.sheet") : Optional.empty();
    }

    // A tag, or a frame of layer III: eleven bits of synchronisation, a version and a layer that exist.
    private boolean isMp3() {
        return begins(0, "ID3")
                || head.length >= 2 && (head[0] & 0xff) == 0xff && (head[1] & 0xe6) == 0xe2 && (head[1] & 0x18) != 0x08;
    }

    private Optional<String> text() {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(head.length);
        if (head.length == 0
                || decoder.decode(ByteBuffer.wrap(head), text, whole).isError()) {
            return Optional.empty();
        }
        String read = text.flip().toString();
        boolean plain =
                read.chars().allMatch(one -> one >= ' ' && one != 0x7f || one == '\n' || one == '\r' || one == '\t');
        boolean markup = read.replace("\ufeff", "").stripLeading().startsWith("<");
        return plain && !markup ? Optional.of("text/plain") : Optional.empty();
    }

    private boolean begins(int at, String bytes) {
        return head.length >= at + bytes.length()
                && latin(at, at + bytes.length()).equals(bytes);
    }

    private String latin(int from, int to) {
        return new String(head, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
