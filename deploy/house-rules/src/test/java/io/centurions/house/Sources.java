package io.centurions.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the checkout that rules are about: what git would track, without what was built. */
final class Sources {

    static final Path ROOT = root();

    private Sources() {}

    static List<Path> mainJava() {
        return files("src/main/java", ".java");
    }

    static List<Path> testJava() {
        return files("src/test/java", ".java");
    }

    static List<Path> migrations() {
        return files("src/main/resources/db", ".sql").stream()
                .filter(file -> file.getFileName().toString().startsWith("V"))
                .toList();
    }

    static List<Path> files(String folder, String ending) {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .filter(file -> relative(file).contains(folder))
                    .filter(file -> !relative(file).contains("target/")
                            && !relative(file).contains(".fleet/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String relative(Path file) {
        return ROOT.relativize(file).toString();
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        return String.join("\n", lines(file));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("contracts/pom.xml"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
