package io.centurions.chaos.load;

import io.centurions.chaos.judge.ChatKey;
import io.centurions.chaos.judge.Outside;
import io.centurions.chaos.world.Backoffice;
import io.centurions.chaos.world.Company;
import io.centurions.chaos.world.NoAnswer;
import io.centurions.chaos.world.Patience;
import io.centurions.chaos.world.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** All leads of a run, from its start until they are told to stop. */
public final class Load {

    /** Leads begin only in this part of the run, so that most of them come to their end. */
    private static final double BEGINNING = 0.85;

    private final Sandbox sandbox;
    private final Backoffice backoffice;
    private final Feed feed;
    private final PhoneDesk phoneDesk;
    private final Instant start = Instant.now();
    private final Queue<Said> said = new ConcurrentLinkedQueue<>();
    private final Queue<Said> byPersons = new ConcurrentLinkedQueue<>();
    private final Queue<Outside.Form> forms = new ConcurrentLinkedQueue<>();
    private final ConcurrentHashMap<String, Integer> stumbles = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile boolean over;

    /** A message that was written, whether or not anybody heard it. */
    public record Said(ChatKey chat, String text) {}

    public Load(Sandbox sandbox, Backoffice backoffice, Feed feed, PhoneDesk phoneDesk) {
        this.sandbox = sandbox;
        this.backoffice = backoffice;
        this.feed = feed;
        this.phoneDesk = phoneDesk;
    }

    /** Lets them begin, evenly over the run. */
    public void begin(long seed, int leads, int seconds, List<Company> companies) {
        for (LeadScript script : LeadScript.draw(seed, leads, seconds * BEGINNING, companies)) {
            start(new Lead(script, this));
        }
        for (LeadScript script : LeadScript.drawTaken(seed, leads, seconds * BEGINNING, companies)) {
            start(new TakenLead(script, this));
        }
    }

    /** Nobody writes anything new from now on. */
    public void stop() {
        over = true;
    }

    private void start(Runnable act) {
        busy.incrementAndGet();
        Thread.ofVirtual().start(() -> {
            try {
                act.run();
            } finally {
                busy.decrementAndGet();
            }
        });
    }

    /** How many leads are still on the telephone. */
    public int busy() {
        return busy.get();
    }

    boolean isOver() {
        return over;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    Backoffice backoffice() {
        return backoffice;
    }

    Feed feed() {
        return feed;
    }

    PhoneDesk phoneDesk() {
        return phoneDesk;
    }

    void pauseUntil(Duration sinceStart) {
        while (!over && Instant.now().isBefore(start.plus(sinceStart))) {
            Duration left = Duration.between(Instant.now(), start.plus(sinceStart));
            Patience.pause(left.compareTo(Duration.ofMillis(500)) < 0 ? left : Duration.ofMillis(500));
        }
    }

    void later(Duration wait, Runnable act) {
        start(() -> {
            Patience.pause(wait);
            act.run();
        });
    }

    void wrote(ChatKey chat, String text) {
        said.add(new Said(chat, text));
    }

    void personWrote(ChatKey chat, String text) {
        byPersons.add(new Said(chat, text));
    }

    void submitted(ChatKey chat, String submission) {
        forms.add(new Outside.Form(chat, submission));
    }

    void stumbled(NoAnswer why) {
        stumbles.merge(why.getMessage().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "…"), 1, Integer::sum);
    }

    public List<Said> said() {
        return new ArrayList<>(said);
    }

    /** What persons of the companies wrote on their phones. */
    public List<Said> saidByPersons() {
        return new ArrayList<>(byPersons);
    }

    public List<Outside.Form> forms() {
        return new ArrayList<>(forms);
    }

    /** What was not answered, and how often: of interest when a run looks odd. */
    public List<String> stumbles() {
        return stumbles.entrySet().stream()
                .sorted((one, other) -> other.getValue() - one.getValue())
                .map(entry -> entry.getValue() + " × " + entry.getKey())
                .limit(10)
                .toList();
    }
}
