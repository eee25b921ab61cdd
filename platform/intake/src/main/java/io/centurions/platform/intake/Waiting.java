package io.centurions.platform.intake;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One caller's webhook with its items, until it is answered. The first answer counts. */
final class Waiting {

    // More than a statement may take, split and repeated: whoever is here longer has been forgotten by the provider.
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Webhook webhook;
    private final List<String> items;
    private final CompletableFuture<List<Outcome>> answer = new CompletableFuture<>();
    private final long came = System.nanoTime();

    Waiting(Webhook webhook, List<String> items) {
        this.webhook = webhook;
        this.items = List.copyOf(items);
    }

    Webhook webhook() {
        return webhook;
    }

    /** Null where nobody can tell. */
    CompanyId company() {
        return webhook.origin().company();
    }

    /** What is left of so long a time since it came; zero when nothing is. */
    Duration left(Duration patience) {
        Duration left = patience.minusNanos(System.nanoTime() - came);
        return left.isNegative() ? Duration.ZERO : left;
    }

    List<String> items() {
        return items;
    }

    int length() {
        int length = webhook.length();
        for (String item : items) {
            length += item.length();
        }
        return length;
    }

    void answer(List<Outcome> outcomes) {
        answer.complete(outcomes);
    }

    void fail(Throwable failure) {
        answer.completeExceptionally(failure);
    }

    /** Waits on the calling thread. A caller that gives up takes nobody with it: its webhook may still be stored. */
    List<Outcome> await() {
        return await(LONGEST, () -> {});
    }

    /**
     * {@link #await()}, not idle.
     *
     * @param first        after which the other is run without an answer, and again each time that it has waited twice as long
     * @param stillWaiting what may help
     */
    List<Outcome> await(Duration first, Runnable stillWaiting) {
        long until = System.nanoTime() + LONGEST.toNanos();
        long wait = first.toNanos();
        try {
            while (true) {
                try {
                    return answer.get(Math.min(wait, until - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    if (until - System.nanoTime() <= 0) {
                        throw new DatabaseUnavailable("could not store a webhook in time", e);
                    }
                    stillWaiting.run();
                    // Many wait for a database that is away, and none of them can help it.
                    wait *= 2;
                }
            }
        } catch (ExecutionException e) {
            throw own(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailable("stopped waiting for a webhook to be stored", e);
        }
    }

    // One failure may answer a whole fold; each caller throws one of its own.
    private static RuntimeException own(Throwable failure) {
        return failure instanceof DatabaseUnavailable
                ? new DatabaseUnavailable("could not store a webhook", failure)
                : new IllegalStateException("could not store a webhook", failure);
    }
}
