package io.centurions.local.store;

import io.centurions.local.place.Trouble;
import java.io.IOException;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. A user namespace makes root look like an ordinary user to it, while files stay root's
 * own, so data made as root can be read as root again.
 */
final class AsOrdinaryUser {

    private AsOrdinaryUser() {}

    /** What goes in front of a command; nothing for an ordinary user. */
    static List<String> prefix() {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        if (works("unshare", "-U", "true")) {
            return List.of("unshare", "-U");
        }
        throw new Trouble(
                "PostgreSQL refuses to run as root and this machine has no user namespaces: run ./fleet as an ordinary user, or set DATABASE_URL");
    }

    private static boolean works(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
