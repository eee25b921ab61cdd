package io.centurions.platform.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Where the key ring comes from: the text itself, or {@code file:/path}. A file is looked at again at each
 * use, so that keys are changed while the service runs; one that cannot be read as a ring leaves the last
 * good ring in use.
 */
final class KeyRingSource {

    private static final Logger LOG = Logger.getLogger(KeyRingSource.class);
    private static final String FILE = "file:";

    private final Optional<String> setting;
    private KeyRing keys;
    private Seen seen;
    private boolean told;

    // The clock of a file system is coarse: two changes may have one time, but then another file
    // stands there.
    private record Seen(FileTime changed, long size, Object file) {

        static Seen of(Path file) throws IOException {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Seen(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }
    }

    KeyRingSource(Optional<String> setting) {
        this.setting = setting.filter(text -> !text.isBlank());
    }

    // Read on first use: a service that stores no secret needs no key ring.
    synchronized KeyRing current() {
        String text = setting.orElseThrow(() ->
                new IllegalStateException("SECRETS_KEYRING is not set, secrets can be neither sealed nor opened"));
        if (text.startsWith(FILE)) {
            return ofFile(Path.of(text.substring(FILE.length())));
        }
        if (keys == null) {
            keys = KeyRing.parse(text);
        }
        return keys;
    }

    private KeyRing ofFile(Path file) {
        try {
            Seen now = Seen.of(file);
            if (keys == null || !now.equals(seen)) {
                keys = KeyRing.parse(Files.readString(file));
                // After it was read: one that cannot be read now may become readable as it stands.
                seen = now;
            }
            told = false;
        } catch (IOException | IllegalArgumentException e) {
            if (keys == null) {
                throw new IllegalStateException("the key ring cannot be read from " + file, e);
            }
            // It is tried at each use, and told once.
            if (!told) {
                LOG.errorf("the key ring in %s cannot be read, the last good one stays in use; runbook key-ring", file);
            }
            told = true;
        }
        return keys;
    }
}
