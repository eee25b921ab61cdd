package io.centurions.local;

import io.centurions.local.place.Home;
import io.centurions.local.place.Reason;
import io.centurions.local.place.Trouble;
import io.centurions.local.show.FollowLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows the end of one process's log; on a terminal it goes on with what comes. */
final class Logs {

    private static final int LAST_LINES = 200;

    private final Home home;
    private final boolean terminal;

    Logs(Home home, boolean terminal) {
        this.home = home;
        this.terminal = terminal;
    }

    int run(List<String> words) {
        Words.onlyOptions("logs", words, List.of("--raw"));
        List<String> names =
                words.stream().filter(word -> !word.startsWith("-")).toList();
        if (names.size() != 1 || Files.notExists(home.log(names.getFirst()))) {
            throw new Trouble("logs needs the name of one log: " + known());
        }
        String name = names.getFirst();
        FollowLogs logs =
                new FollowLogs(System.out, terminal, words.contains("--raw")).add(name, home.log(name), LAST_LINES);
        logs.look();
        if (terminal) {
            logs.follow();
            Up.untilSignal();
        }
        return 0;
    }

    private String known() {
        if (!Files.isDirectory(home.logs())) {
            return "there is none yet";
        }
        try (Stream<Path> files = Files.list(home.logs())) {
            return files.map(path -> path.getFileName().toString())
                    .filter(file -> file.endsWith(".log"))
                    .map(file -> file.substring(0, file.length() - ".log".length()))
                    .sorted()
                    .collect(Collectors.joining(", "));
        } catch (IOException e) {
            throw new Trouble("cannot read " + home.logs() + ": " + Reason.of(e), e);
        }
    }
}
