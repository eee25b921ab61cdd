package io.centurions.chaos;

import io.centurions.local.place.Home;
import io.centurions.local.place.Trouble;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Wrecks the fleet that runs in the state folder and ends with 0 only when nothing was lost and nothing came twice. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        Path root =
                Path.of(System.getProperty("fleet.root", ".")).toAbsolutePath().normalize();
        Home home = new Home(
                root,
                Path.of(System.getProperty("fleet.home", root.resolve(".fleet").toString())));
        try {
            // Each line at once, also into a file.
            var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            return new Chaos(home, Options.parse(List.of(arguments)), out).run() ? 0 : 1;
        } catch (Trouble e) {
            System.err.println("chaos: " + e.getMessage());
            return 2;
        }
    }
}
