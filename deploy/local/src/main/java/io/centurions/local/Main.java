package io.centurions.local;

import io.centurions.local.place.Home;
import io.centurions.local.place.Trouble;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The entry of the launcher: {@code Main <command> <options>}. Ends with 0, or 1 and one line that says what to do. */
public final class Main {

    private static final Set<String> TAKES_WORDS = Set.of("up", "logs", "companies");

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
        boolean terminal = Boolean.getBoolean("fleet.terminal");
        String command = arguments.length == 0 ? "" : arguments[0];
        List<String> rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        try {
            if (!TAKES_WORDS.contains(command)) {
                Words.none(command, rest);
            }
            return switch (command) {
                case "up" -> new Up(home, UpOptions.parse(rest), terminal).run();
                case "down" -> new Down(home, terminal).run();
                case "status" -> new Status(home).run();
                case "addresses" -> new Addresses(home).run();
                case "logs" -> new Logs(home, terminal).run(rest);
                case "companies" -> new Companies(home).run(rest);
                case "reset" -> new Reset(home, terminal).run();
                case "supervise" -> new Supervise(home).run();
                default -> throw new Trouble("unknown command: " + command);
            };
        } catch (Trouble e) {
            System.err.println("fleet: " + e.getMessage());
            return 1;
        }
    }
}
