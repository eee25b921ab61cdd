package io.centurions.runtime.intake.telegram;

import static org.awaitility.Awaitility.await;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.runtime.deliver.telegram.TelegramConfig;
import io.centurions.runtime.intake.InstanceAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelegramPollingTest {

    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger polls = new AtomicInteger();
    private final TelegramPolling polling =
            new TelegramPolling(new Settings(), new Bots(), new Poll(), wait -> LockSupport.parkNanos(1_000_000));

    @AfterEach
    void stop() {
        polling.stop(null);
    }

    @Test
    void neither_an_error_nor_a_poll_that_ended_makes_a_bot_deaf() {
        polling.start(null);

        await().until(() -> polls.get() > 4);
    }

    private final class Bots extends BotRepository {
        private final InstanceAddress bot =
                new InstanceAddress(InstanceId.random(), CompanyId.random(), "telegram", false, new byte[0]);

        Bots() {
            super(null);
        }

        @Override
        public List<InstanceAddress> all() {
            if (looks.incrementAndGet() == 1) {
                throw new StackOverflowError("test");
            }
            return List.of(bot);
        }
    }

    private final class Poll extends PollBot {
        Poll() {
            super(null, null, null, null, null);
        }

        @Override
        Next poll(InstanceAddress bot, long offset) {
            switch (polls.incrementAndGet()) {
                case 1 -> throw new StackOverflowError("test");
                // As after a deletion that was taken back: the thread goes.
                case 2 -> Thread.currentThread().interrupt();
                default -> LockSupport.parkNanos(1_000_000);
            }
            return new Next(offset + 1, Duration.ZERO);
        }
    }

    private record Settings() implements TelegramConfig {
        @Override
        public URI apiUrl() {
            return URI.create("http://unused");
        }

        @Override
        public Mode mode() {
            return Mode.POLLING;
        }

        @Override
        public Duration pollHold() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration callTimeout() {
            return Duration.ofSeconds(1);
        }
    }
}
