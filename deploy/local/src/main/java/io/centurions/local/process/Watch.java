package io.centurions.local.process;

import io.centurions.local.place.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Notices within a second that a process has ended, and starts it again after a wait that grows as long as it keeps
 * ending soon.
 */
public final class Watch {

    private static final Duration HEALTHY_AFTER = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Roster roster;
    private final Crew crew;
    private final Consumer<String> say;
    private final Map<String, Integer> deaths = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Watch::daemon);

    public Watch(Roster roster, Crew crew, Consumer<String> say) {
        this.roster = roster;
        this.crew = crew;
        this.say = say;
    }

    /** Watches all from now on; returns at once. One that is already gone is started. */
    public void over(List<Member> members) {
        members.forEach(member -> roster.find(member.name())
                .ifPresentOrElse(running -> follow(member, running), () -> startAgain(member)));
    }

    private void follow(Member member, Running running) {
        lookLater(member, running, LastWords.size(member.log()));
    }

    // Java's onExit looks ever more rarely at what is not our child, and never sees an end that nobody collects.
    private void lookLater(Member member, Running running, long logged) {
        clock.schedule(() -> look(member, running, logged), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(Member member, Running running, long logged) {
        if (Alive.is(running.handle())) {
            lookLater(member, running, logged);
        } else {
            died(member, running, logged);
        }
    }

    private void died(Member member, Running running, long logged) {
        if (crew.isClosed()) {
            return;
        }
        boolean livedLong = Duration.between(running.since(), Instant.now()).compareTo(HEALTHY_AFTER) > 0;
        int before = livedLong ? 0 : deaths.getOrDefault(member.name(), 0);
        deaths.put(member.name(), before + 1);
        Duration wait = wait(before);
        say.accept(member.name() + " (process " + running.pid() + ") " + how(member, logged)
                + "; it is started again in " + wait.toSeconds() + " s");
        clock.schedule(() -> startAgain(member), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    // Nobody tells the exit code of a process that is not a child: its log has to.
    private static String how(Member member, long logged) {
        if (LastWords.wasAsked(member.log(), logged)) {
            return "was stopped by a signal";
        }
        return LastWords.ofFailure(member.log(), logged)
                .map(line -> "has died (last failure in its log: " + line + ")")
                .orElse("has died");
    }

    private void startAgain(Member member) {
        if (crew.isClosed()) {
            return;
        }
        Optional<Running> already = roster.find(member.name());
        if (already.isPresent()) {
            follow(member, already.get());
            return;
        }
        try {
            Running again = crew.start(member);
            say.accept(member.name() + " is started again as process " + again.pid());
            follow(member, again);
        } catch (Trouble e) {
            say.accept(member.name() + " could not be started again: " + e.getMessage());
        }
    }

    /** 1, 2, 4, … at most 30 seconds. */
    static Duration wait(int deathsBefore) {
        return Duration.ofSeconds(Math.min(30, 1L << Math.min(deathsBefore, 5)));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "watch");
        thread.setDaemon(true);
        return thread;
    }
}
