package io.centurions.sandbox.wire;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What the simulators must remember over a restart, in one small JSON file with a section each; in memory only when no
 * folder is given. A write replaces the whole file at once, so a killed process leaves the old or the new one.
 */
public final class StateFile {

    private final Path file;
    private final JsonObject sections;

    private StateFile(Path file, JsonObject sections) {
        this.file = file;
        this.sections = sections;
    }

    public static StateFile in(Optional<Path> folder) {
        if (folder.isEmpty()) {
            return new StateFile(null, new JsonObject());
        }
        Path file = folder.get().resolve("sandbox-state.json");
        try {
            Files.createDirectories(folder.get());
            return new StateFile(file, Files.exists(file) ? new JsonObject(Files.readString(file)) : new JsonObject());
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot use the state file " + file, broken);
        }
    }

    public Optional<JsonObject> read(String section) {
        return Optional.ofNullable(sections.getJsonObject(section));
    }

    public void write(String section, JsonObject content) {
        sections.put(section, content);
        if (file == null) {
            return;
        }
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.write(fresh, sections.encodePrettily().getBytes(StandardCharsets.UTF_8));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot write the state file " + file, broken);
        }
    }
}
