package io.centurions.local.process;

import io.centurions.local.place.Trouble;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
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
 * ending soon, or cannot be started. Whatever fails meanwhile, no member is given up.
 */
public final class Watch {

    private static final Duration HEALTHY_AFTER = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    // What it said before these is no reason for its end: it went on working.
    private static final int LAST_LOOKS = 5;

    private final Roster roster;
    private final Crew crew;
    private final Consumer<String> say;
    private final Duration betweenLooks;
    private final Map<String, Integer> deaths = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Watch::daemon);

    public Watch(Roster roster, Crew crew, Consumer<String> say) {
        this(roster, crew, say, BETWEEN_LOOKS);
    }

    Watch(Roster roster, Crew crew, Consumer<String> say, Duration betweenLooks) {
        this.roster = roster;
        this.crew = crew;
        this.say = say;
        this.betweenLooks = betweenLooks;
    }

    /** Watches all from now on; returns at once. One that is already gone is started. */
    public void over(List<Member> members) {
        members.forEach(member -> holding(member, () -> followOrStart(member)));
    }

    /**
     * A life of a member.
     *
     * @param before how long its log was when it began, or began to be watched
     * @param looks  how long its log was at the last looks at which it was alive, oldest first
     */
    private record Life(Member member, Running running, long before, Deque<Long> looks) {

        Life lookedAt() {
            looks.add(LastWords.size(member.log()));
            if (looks.size() > LAST_LOOKS) {
                looks.remove();
            }
            return this;
        }
    }

    private void followOrStart(Member member) {
        if (crew.isClosed()) {
            return;
        }
        long before = LastWords.size(member.log());
        Optional<Running> already = roster.find(member.name());
        Running running = already.orElseGet(() -> crew.start(member));
        if (already.isEmpty()) {
            say.accept(member.name() + " is started again as process " + running.pid());
        }
        lookLater(new Life(member, running, before, new ArrayDeque<>(List.of(before))));
    }

    // Java's onExit looks ever more rarely at what is not our child, and never sees an end that nobody collects.
    private void lookLater(Life life) {
        later(betweenLooks, life.member(), () -> look(life));
    }

    private void look(Life life) {
        if (Alive.is(life.running().handle())) {
            lookLater(life.lookedAt());
        } else if (!crew.isClosed()) {
            Running dead = life.running();
            boolean livedLong = Duration.between(dead.since(), Instant.now()).compareTo(HEALTHY_AFTER) > 0;
            Duration wait = nextWait(life.member(), livedLong);
            say.accept(dead.name() + " (process " + dead.pid() + ") " + how(life) + "; it is started again in "
                    + wait.toSeconds() + " s");
            later(wait, life.member(), () -> followOrStart(life.member()));
        }
    }

    // Nobody tells the exit code of a process that is not a child: its log has to.
    private static String how(Life life) {
        Path log = life.member().log();
        if (LastWords.wasAsked(log, life.before())) {
            return "was stopped by a signal";
        }
        return LastWords.ofFailure(log, life.looks().element())
                .map(line -> "has died (last failure in its log: " + line + ")")
                .orElse("has died");
    }

    private void later(Duration wait, Member member, Runnable step) {
        clock.schedule(() -> holding(member, step), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    // Whatever a step throws, the member is tried again: nobody else does, and the clock would drop it silently.
    private void holding(Member member, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            if (!crew.isClosed()) {
                Duration wait = nextWait(member, false);
                String why = e instanceof Trouble ? e.getMessage() : e.toString();
                say.accept(member.name() + " could not be started again: " + why + "; the next try is in "
                        + wait.toSeconds() + " s");
                later(wait, member, () -> followOrStart(member));
            }
        }
    }

    private Duration nextWait(Member member, boolean livedLong) {
        int before = livedLong ? 0 : deaths.getOrDefault(member.name(), 0);
        deaths.put(member.name(), before + 1);
        return wait(before);
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
