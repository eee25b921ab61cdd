package io.centurions.local.place;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * The secrets that were made for this machine: passwords of the database's logins, the key ring, tokens of webhooks.
 *
 * <p>Kept in one file that only its owner may read. Losing it with the data kept means that sealed secrets cannot be
 * opened any more, so it is written before it is used, and never overwritten with less.
 */
public final class Secrets {

    private final Path file;
    private final Properties kept = new Properties();

    private Secrets(Path file) {
        this.file = file;
    }

    public static Secrets in(Path file) {
        Secrets secrets = new Secrets(file);
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                secrets.kept.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw new Trouble(
                        "cannot read the secrets in " + file + " (" + Reason.of(e)
                                + "): ./fleet reset starts anew, without the data",
                        e);
            }
        }
        return secrets;
    }

    /** A random password, the same at every start. */
    public String password(String name) {
        return kept(name, Secrets::random);
    }

    /** What was kept under the name, else what {@code make} gives, which is kept from now on. */
    public String kept(String name, Supplier<String> make) {
        String value = kept.getProperty(name);
        if (value == null) {
            value = make.get();
            kept.setProperty(name, value);
            write();
        }
        return value;
    }

    private static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void write() {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.deleteIfExists(next);
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (OutputStream out = Files.newOutputStream(next)) {
                kept.store(out, "Made by ./fleet for this machine. Who has it can open the sealed secrets.");
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Trouble("cannot write " + file + ": " + Reason.of(e), e);
        }
    }
}
