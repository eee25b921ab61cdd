package io.centurions.capi.dispatch;

import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DispatchLoopTest {

    private static final DispatchConfig CONFIG = new DispatchConfig() {
        @Override
        public int batchSize() {
            return 10;
        }

        @Override
        public int companiesAtOnce() {
            return 1;
        }

        @Override
        public Duration poll() {
            return Duration.ofMillis(10);
        }

        @Override
        public Duration lease() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration firstWait() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration longestWait() {
            return Duration.ofSeconds(1);
        }
    };

    @Test
    void it_goes_on_after_an_error_and_after_an_exception() throws InterruptedException {
        var rounds = new AtomicInteger();
        var failing = new DispatchDue(null, null, null, null, CONFIG) {
            @Override
            boolean dispatch(Runnable served) {
                switch (rounds.incrementAndGet()) {
                    case 1 -> throw new StackOverflowError("a round goes wrong");
                    case 2 -> throw new IllegalStateException("another one too");
                    default -> {
                        return false;
                    }
                }
            }
        };
        var loop = new DispatchLoop(failing, CONFIG);

        loop.start(new StartupEvent());

        await().atMost(Duration.ofSeconds(10)).until(() -> rounds.get() >= 4);
        loop.stop(new ShutdownEvent());
    }
}
