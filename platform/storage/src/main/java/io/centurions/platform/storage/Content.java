package io.centurions.platform.storage;

import java.io.IOException;
import java.io.InputStream;

/** An object that is being read; its length is known before. */
public record Content(InputStream stream, long bytes) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
