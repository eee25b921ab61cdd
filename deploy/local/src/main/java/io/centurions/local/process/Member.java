package io.centurions.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One process of the fleet: how it is started, where it listens, how one knows that it is ready and how it is stopped.
 *
 * @param name      as in {@code status} and {@code logs}
 * @param port      the port that must be free before the start
 * @param command   program and arguments
 * @param set       environment variables of its own
 * @param withheld  variables of the launcher that it must not see
 * @param log       where its output goes
 * @param ready     answers whether it serves
 * @param patience  how long it may take to be ready
 * @param signal    the signal that asks it to end in order: TERM, or INT for PostgreSQL's fast shutdown
 */
public record Member(
        String name,
        int port,
        List<String> command,
        Map<String, String> set,
        Set<String> withheld,
        Path log,
        Probe ready,
        Duration patience,
        String signal) {}
