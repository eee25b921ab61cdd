package io.centurions.local.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts a program in a session of its own, so that neither Ctrl-C in the launcher's terminal nor its closing reaches it:
 * the launcher alone decides when and in which order processes end.
 */
final class Apart {

    private Apart() {}

    /** The command with what this machine has for it in front: setsid (Linux), perl (macOS), else a shell that ignores both signals. */
    static List<String> from(List<String> command) {
        List<String> whole = new ArrayList<>();
        if (onPath("setsid")) {
            whole.add("setsid");
        } else if (onPath("perl")) {
            whole.addAll(List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die $!"));
        } else {
            whole.addAll(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "apart"));
        }
        whole.addAll(command);
        return whole;
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
