package io.centurions.platform.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WaitsTest {

    @AfterEach
    void goOn() {
        ShutdownDeadline.forget();
    }

    @Test
    void an_answer_that_comes_while_we_wait_is_returned() throws Exception {
        var answer = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> answer.complete("here"));

        assertThat(Waits.get(answer, Duration.ofSeconds(10))).isEqualTo("here");
    }

    @Test
    void a_failure_stays_what_it_is() {
        var answer = CompletableFuture.failedFuture(new IllegalStateException("refused"));

        assertThatThrownBy(() -> Waits.get(answer, Duration.ofSeconds(10)))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_wait_ends_when_its_time_is_over_and_no_other_with_it() throws Exception {
        var never = new CompletableFuture<String>();
        var later = new CompletableFuture<String>();
        var heard = new AtomicReference<String>();
        Thread patient = Thread.ofVirtual().start(() -> {
            try {
                heard.set(Waits.get(later, Duration.ofMinutes(1)));
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                heard.set(e.toString());
            }
        });
        long began = System.nanoTime();

        assertThatThrownBy(() -> Waits.get(never, Duration.ofMillis(300))).isInstanceOf(TimeoutException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
        later.complete("late but here");
        patient.join();
        assertThat(heard).hasValue("late but here");
    }

    @Test
    void a_wait_that_has_begun_ends_sooner_when_the_process_begins_to_end() throws Exception {
        var patience = new Patience(Duration.ofMinutes(1), Duration.ofMillis(1));
        var ended = new CompletableFuture<Throwable>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                Waits.get(new CompletableFuture<>(), patience);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                ended.complete(e);
            }
        });

        await().until(() -> waiting.getState() == Thread.State.WAITING);
        ShutdownDeadline.begin(Duration.ofMinutes(1));

        assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        waiting.join();
    }

    @Test
    void an_error_while_waits_are_ended_takes_their_end_from_none_of_them() {
        var errors = new AtomicInteger();
        var shortOfMemory = new CompletableFuture<String>() {
            @Override
            public boolean completeExceptionally(Throwable failure) {
                if (errors.getAndIncrement() == 0) {
                    throw new OutOfMemoryError("told so by the test");
                }
                return super.completeExceptionally(failure);
            }
        };

        assertThatThrownBy(() -> Waits.get(shortOfMemory, Duration.ofMillis(1))).isInstanceOf(TimeoutException.class);

        assertThat(errors).hasValue(2);
        assertThatThrownBy(() -> Waits.get(new CompletableFuture<>(), Duration.ofMillis(1)))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void an_interrupted_wait_ends_at_once() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Waits.get(new CompletableFuture<>(), Duration.ofMinutes(1)))
                .isInstanceOf(InterruptedException.class);
    }
}
