package io.centurions.local.process;

import io.centurions.local.place.Reason;
import io.centurions.local.place.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Starts a process and waits until it serves. What it started is in the roster at once, so that it can always be found and stopped. */
public final class StartMember {

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(150);

    private final Roster roster;

    public StartMember(Roster roster) {
        this.roster = roster;
    }

    /** Starts it; does not wait. Its output is appended to its log. */
    public Running start(Member member) {
        ProcessBuilder builder = new ProcessBuilder(Apart.from(member.command()))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(member.log().toFile()));
        builder.environment().keySet().removeAll(member.withheld());
        builder.environment().putAll(member.set());
        try {
            Files.createDirectories(member.log().getParent());
            ProcessHandle handle = builder.start().toHandle();
            roster.enter(member.name(), handle, member.port());
            return new Running(member.name(), handle, member.port(), Instant.now());
        } catch (IOException e) {
            throw new Trouble("cannot start " + member.name() + ": " + Reason.of(e), e);
        }
    }

    /** Lays the log of an earlier life aside, so that the next one can be read from its beginning. */
    static void layAside(Path log) {
        try {
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new Trouble("cannot move " + log + ": " + Reason.of(e), e);
        }
    }

    /** Returns when it is ready. A process that ends meanwhile, or takes longer than its patience, is trouble that names its log. */
    public void await(Member member, ProcessHandle handle) {
        Instant deadline = Instant.now().plus(member.patience());
        Optional<String> missing = member.ready().missing();
        while (missing.isPresent()) {
            if (Instant.now().isAfter(deadline)) {
                throw new Trouble(member.name() + " is not ready after "
                        + member.patience().toSeconds() + " s (" + missing.get() + "); see " + member.log());
            }
            if (endedWithin(handle, BETWEEN_PROBES)) {
                throw new Trouble(member.name() + " ended while starting: " + LastWords.of(member.log()) + "; see "
                        + member.log());
            }
            missing = member.ready().missing();
        }
    }

    private static boolean endedWithin(ProcessHandle handle, Duration wait) {
        try {
            return Alive.goneWithin(handle, wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("stopped while starting", e);
        }
    }
}
