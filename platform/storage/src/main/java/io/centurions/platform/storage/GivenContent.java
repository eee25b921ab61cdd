package io.centurions.platform.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Content as a caller gives it, for implementations: when it cannot be read, that is told apart from the
 * storage's own failures, as {@link UncheckedIOException}.
 */
public final class GivenContent extends FilterInputStream {

    public GivenContent(InputStream content) {
        super(content);
    }

    @Override
    public int read() {
        try {
            return in.read();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        try {
            return in.read(into, offset, length);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("the content to be kept cannot be read", e);
    }
}
