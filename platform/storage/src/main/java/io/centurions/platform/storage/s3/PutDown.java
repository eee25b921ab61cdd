package io.centurions.platform.storage.s3;

import io.centurions.platform.storage.GivenContent;
import io.centurions.platform.storage.StorageUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * An object on its way to S3, put down in a file of this machine: only then its length is known, and a try
 * that failed can be repeated.
 */
final class PutDown implements AutoCloseable {

    private final Path file;
    private final MessageDigest md5 = newMd5();

    private PutDown(Path file) {
        this.file = file;
    }

    static PutDown of(InputStream content) {
        PutDown down = new PutDown(newFile());
        try {
            down.write(new GivenContent(content));
            return down;
        } catch (RuntimeException | Error e) {
            down.close();
            throw e;
        }
    }

    Path file() {
        return file;
    }

    /** What the server compares with what it received; no protection against anybody. */
    String md5() {
        return Base64.getEncoder().encodeToString(md5.digest());
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("could not delete " + file, e);
        }
    }

    private void write(InputStream content) {
        try (OutputStream out = Files.newOutputStream(file)) {
            new DigestInputStream(content, md5).transferTo(out);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static Path newFile() {
        try {
            return Files.createTempFile("s3-", ".part");
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
}
