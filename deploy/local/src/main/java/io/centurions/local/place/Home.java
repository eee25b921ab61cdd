package io.centurions.local.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The folders of one fleet.
 *
 * @param root  the checkout
 * @param state what belongs to this fleet alone: data, logs, process files, secrets
 */
public record Home(Path root, Path state) {

    /** Unpacked servers, the same for every state folder of a checkout. */
    public Path unpacked() {
        return root.resolve(".fleet/bin");
    }

    public Path postgres() {
        return state.resolve("postgres");
    }

    public Path redis() {
        return state.resolve("redis");
    }

    /** What people keep for companies. */
    public Path files() {
        return state.resolve("files");
    }

    /** What the simulators remember. */
    public Path sandbox() {
        return state.resolve("sandbox");
    }

    public Path run() {
        return state.resolve("run");
    }

    public Path logs() {
        return state.resolve("logs");
    }

    public Path log(String name) {
        return logs().resolve(name + ".log");
    }

    public Path secrets() {
        return state.resolve("secrets.properties");
    }

    public void make() {
        try {
            for (Path folder : new Path[] {state, run(), logs(), unpacked()}) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new Trouble("cannot write to " + state + ": " + Reason.of(e), e);
        }
    }

    /** The path as a person at the root of the checkout would type it. */
    public String shown(Path path) {
        return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
    }

    private static Trouble cannotRemove(Path folder, IOException e) {
        return new Trouble("cannot remove " + folder + ": " + Reason.of(e), e);
    }

    /** Removes a folder and all that is in it; a missing one is fine. */
    public static void remove(Path folder) {
        if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw cannotRemove(folder, e);
        } catch (UncheckedIOException e) {
            // So does a walk say that it may not look into a folder.
            throw cannotRemove(folder, e.getCause());
        }
    }
}
