package io.centurions.platform.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Where things lie in the source tree: tests need every slice's migrations, and no service depends on another's code. */
public final class Repository {

    private static final Map<String, String> SERVICE_OF_SLICE = Map.of(
            "governance", "backoffice-api",
            "conversation", "agent-runtime",
            "channels", "evolution-manager",
            "contracts", "autentique-service",
            "marketing", "capi-dispatcher");

    private Repository() {}

    /** The top of the checkout: the first folder upwards that holds the event contracts. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("contracts/pom.xml"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("not inside a checkout: no folder upwards holds contracts/pom.xml");
        }
        return folder;
    }

    /** The migrations of a slice, as a Flyway location; the folder may be missing while a slice is not written. */
    static Path migrations(String slice) {
        return root().resolve(SERVICE_OF_SLICE.get(slice))
                .resolve("src/main/resources/db")
                .resolve(slice);
    }

    /** The suffix of the service whose module runs this test, as its own configuration says it. */
    public static String suffixOfModule() {
        for (String folder : List.of("src/main/resources", "src/test/resources")) {
            Path file = Path.of(folder, "application.properties").toAbsolutePath();
            if (Files.exists(file)) {
                Properties properties = new Properties();
                try (var in = Files.newBufferedReader(file)) {
                    properties.load(in);
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot read " + file, e);
                }
                if (properties.containsKey("centurions.service")) {
                    return properties.getProperty("centurions.service").strip();
                }
            }
        }
        throw new IllegalStateException("no application.properties here says centurions.service");
    }
}
