package io.centurions.platform.outbox;

import io.centurions.platform.tenancy.Waits;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Asks Redis and waits for what it says. Who waits too long gives up waiting and nothing else: a question that is cancelled while it
 * waits for a connection never gives back the one that it gets later. So it stays in the queue, and when its turn comes it is not
 * asked any more and hands its connection on.
 */
public final class RedisAnswer {

    private RedisAnswer() {}

    /**
     * Blocks until Redis has answered. A question that was asked may still do its work after we gave up.
     *
     * @param question asked on the connection that it is given, in the thread of that connection
     * @throws RuntimeException what Redis or the connection failed with, or that there was no answer in time
     */
    public static <T> T of(
            ReactiveRedisDataSource redis, Function<ReactiveRedisDataSource, Uni<T>> question, Duration most) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        ask(redis, question, answer);
        try {
            // A wait that lasts too long ends the future, which is how the question knows that nobody waits any more.
            return Waits.get(answer, most);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException asItIs ? asItIs : new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new CompletionException("Redis gave no answer in " + most, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new CompletionException("interrupted, not waiting for Redis", e);
        }
    }

    private static <T> void ask(
            ReactiveRedisDataSource redis,
            Function<ReactiveRedisDataSource, Uni<T>> question,
            CompletableFuture<T> answer) {
        AtomicReference<T> reply = new AtomicReference<>();
        // Deferred: a question that cannot even be put gives its connection back as well.
        Function<ReactiveRedisDataSource, Uni<Void>> onConnection = connection -> Uni.createFrom()
                .deferred(() -> answer.isDone()
                        ? Uni.createFrom().voidItem()
                        : question.apply(connection).invoke(reply::set).replaceWithVoid());
        redis.withConnection(onConnection)
                .subscribe()
                .with(done -> answer.complete(reply.get()), answer::completeExceptionally);
    }
}
