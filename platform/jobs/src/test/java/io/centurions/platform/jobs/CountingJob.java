package io.centurions.platform.jobs;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A job that counts its runs and then does what a test asks for. */
final class CountingJob implements OwnedJob {

    final AtomicInteger runs = new AtomicInteger();
    private final String name;
    private final boolean wanted;
    private final Consumer<Lease> then;

    private CountingJob(String name, boolean wanted, Consumer<Lease> then) {
        this.name = name;
        this.wanted = wanted;
        this.then = then;
    }

    static CountingJob doing(Consumer<Lease> then) {
        return new CountingJob("test-" + UUID.randomUUID(), true, then);
    }

    static CountingJob notWanted() {
        return new CountingJob("test-" + UUID.randomUUID(), false, lease -> {});
    }

    static CountingJob doingNothing() {
        return doing(lease -> {});
    }

    /** The same job on another replica. */
    CountingJob elsewhere() {
        return new CountingJob(name, wanted, then);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean wanted() {
        return wanted;
    }

    @Override
    public Duration every() {
        return Duration.ofMillis(50);
    }

    @Override
    public void run(Lease lease) {
        runs.incrementAndGet();
        then.accept(lease);
    }
}
