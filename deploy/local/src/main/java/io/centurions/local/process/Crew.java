package io.centurions.local.process;

import io.centurions.local.place.Trouble;
import java.util.ArrayList;
import java.util.List;

/**
 * What this launcher has started, with a door that can be closed: once stopping has begun, nothing more is started. Without
 * the door a Ctrl-C in the middle of a start would leave behind what was started a moment later.
 */
public final class Crew {

    private final Roster roster;
    private final StartMember starting;
    private final List<String> mine = new ArrayList<>();
    private boolean closed;

    public Crew(Roster roster) {
        this.roster = roster;
        this.starting = new StartMember(roster);
    }

    /** Starts it with a log of its own; the one of an earlier fleet stays beside it. */
    public Running startAnew(Member member) {
        StartMember.layAside(member.log());
        return start(member);
    }

    /** Starts it; its log goes on where it ended. */
    public synchronized Running start(Member member) {
        if (closed) {
            throw new Trouble("stopped while starting");
        }
        Running running = starting.start(member);
        if (!mine.contains(member.name())) {
            mine.add(member.name());
        }
        return running;
    }

    /** Waits until a started process serves; see {@link StartMember#await}. */
    public void await(Member member, ProcessHandle handle) {
        starting.await(member, handle);
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    /** Starts nothing more from now on. */
    public synchronized void close() {
        closed = true;
    }

    /** What this launcher started and is still alive. */
    public synchronized List<Running> mine() {
        return mine.stream().flatMap(name -> roster.find(name).stream()).toList();
    }
}
