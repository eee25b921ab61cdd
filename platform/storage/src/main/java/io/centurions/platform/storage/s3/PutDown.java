package io.centurions.platform.storage.s3;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.centurions.platform.storage.GivenContent;
import io.centurions.platform.storage.StorageUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * An object on its way to S3, put down in a file of this machine: only then its length is known, and a try
 * that failed can be repeated. The file has no name, so that nothing of it is left whatever ends this process.
 */
final class PutDown implements AutoCloseable {

    private final FileChannel file;
    private final MessageDigest md5 = newMd5();
    private long bytes;

    private PutDown(FileChannel file) {
        this.file = file;
    }

    static PutDown of(InputStream content) {
        PutDown down = new PutDown(nameless());
        try {
            down.write(new GivenContent(content));
            return down;
        } catch (RuntimeException | Error e) {
            down.close();
            throw e;
        }
    }

    long bytes() {
        return bytes;
    }

    /** All of it, as often as it is asked for. */
    InputStream fromStart() {
        return new Reading(file);
    }

    /** What the server compares with what it received; no protection against anybody. */
    String md5() {
        return Base64.getEncoder().encodeToString(md5.digest());
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("could not close an object on its way to S3", e);
        }
    }

    private void write(InputStream content) {
        try {
            bytes = new DigestInputStream(content, md5).transferTo(Channels.newOutputStream(file));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static FileChannel nameless() {
        try {
            Path named = Files.createTempFile("s3-", ".part");
            try {
                return FileChannel.open(named, READ, WRITE);
            } finally {
                Files.delete(named);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static StorageUnavailable unwritable(IOException e) {
        return new StorageUnavailable("could not put an object down on this machine on its way to S3", e);
    }

    private static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5 is part of every JDK", e);
        }
    }

    /** Has a place of its own, so that an earlier try that still reads is in nobody's way. */
    private static final class Reading extends InputStream {

        private final FileChannel file;
        private long at;

        Reading(FileChannel file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = file.read(ByteBuffer.wrap(into, offset, length), at);
            at += Math.max(some, 0);
            return some;
        }
    }
}
