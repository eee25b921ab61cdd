package io.centurions.local.process;

import io.centurions.local.place.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Ends processes in order: asks, waits, and forces what does not answer. Stopping what has ended already is fine. */
public final class StopMember {

    /** All waits of a service end 26 s after the signal; then connections close for 10 s at the most, and the JVM ends. */
    public static final Duration GRACE = Duration.ofSeconds(40);

    private static final Duration AFTER_FORCE = Duration.ofSeconds(5);

    private final Roster roster;

    public StopMember(Roster roster) {
        this.roster = roster;
    }

    /**
     * Ends several at once and returns when all are gone.
     *
     * @param signal TERM or INT
     * @return the names of those that had to be forced
     */
    public List<String> stop(List<Running> several, String signal) {
        several.forEach(running -> send(running.handle(), signal));
        List<String> forced = several.stream()
                .filter(running -> !gone(running.handle(), GRACE))
                .peek(running -> force(running.handle()))
                .map(Running::name)
                .toList();
        several.forEach(running -> roster.strike(running.name()));
        return forced;
    }

    private static void force(ProcessHandle handle) {
        handle.destroyForcibly();
        if (!gone(handle, AFTER_FORCE)) {
            throw new Trouble(
                    "process " + handle.pid() + " cannot be ended: it belongs to another user, or hangs in the kernel");
        }
    }

    // Java can send TERM and KILL only; the shell's own kill needs no package.
    private static void send(ProcessHandle handle, String signal) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + handle.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            handle.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            handle.destroy();
        }
    }

    private static boolean gone(ProcessHandle handle, Duration within) {
        try {
            return Alive.goneWithin(handle, within);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !Alive.is(handle);
        }
    }
}
