package io.centurions.platform.outbox;

import io.centurions.platform.tenancy.Waits;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Waits for what Redis says. A question that gets no answer in time is cancelled, so that it gives its connection back;
 * {@code Uni.await} would leave it with the connection that hangs.
 */
public final class RedisAnswer {

    private RedisAnswer() {}

    /**
     * Blocks until Redis has answered.
     *
     * @throws RuntimeException what Redis or the connection failed with, or that there was no answer in time
     */
    public static <T> T of(Uni<T> asked, Duration most) {
        CompletableFuture<T> answer = asked.subscribeAsCompletionStage();
        try {
            // A copy: a wait that lasts too long ends its future, and one that has ended cannot be cancelled.
            return Waits.get(answer.copy(), most);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException asItIs ? asItIs : new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new CompletionException("Redis gave no answer in " + most, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new CompletionException("interrupted, not waiting for Redis", e);
        }
    }
}
