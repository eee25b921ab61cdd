package io.centurions.backoffice.file;

import io.centurions.platform.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

/**
 * A file while it is being received: refused by its first bytes when it is of a kind that is not taken, by
 * its length as soon as that is too much. What it was is known when it has been read to its end.
 */
final class Received extends InputStream {

    private final InputStream content;
    private final String type;
    private final long bytesMax;
    private final MessageDigest sha256 = newSha256();
    private long bytes;

    private Received(InputStream content, String type, long bytesMax) {
        this.content = content;
        this.type = type;
        this.bytesMax = bytesMax;
    }

    /** Reads how it begins. */
    static Received of(InputStream content, Set<String> types, long bytesMax) {
        try {
            byte[] head = content.readNBytes(FileType.HEAD_BYTES);
            if (head.length == 0) {
                throw Problem.badRequest("file-empty", "the body is the file, and it is empty");
            }
            String type = FileType.of(head, head.length < FileType.HEAD_BYTES)
                    .filter(types::contains)
                    .orElseThrow(() -> Problem.unsupportedType("by its content the file is none of " + types));
            return new Received(new SequenceInputStream(new ByteArrayInputStream(head), content), type, bytesMax);
        } catch (IOException e) {
            throw brokenOff();
        }
    }

    String type() {
        return type;
    }

    long bytes() {
        return bytes;
    }

    /** To be asked once, at the end. */
    byte[] sha256() {
        return sha256.digest();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        int some = readSome(into, offset, length);
        if (some > 0) {
            bytes += some;
            if (bytes > bytesMax) {
                throw Problem.tooLarge(bytesMax);
            }
            sha256.update(into, offset, some);
        }
        return some;
    }

    private int readSome(byte[] into, int offset, int length) {
        try {
            return content.read(into, offset, length);
        } catch (IOException e) {
            throw brokenOff();
        }
    }

    private static Problem brokenOff() {
        return Problem.badRequest("body-broken-off", "the file ended before its end");
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
