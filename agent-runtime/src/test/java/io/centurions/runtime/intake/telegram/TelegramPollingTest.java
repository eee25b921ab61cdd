package io.centurions.runtime.intake.telegram;

import static org.awaitility.Awaitility.await;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.jobs.Lease;
import io.centurions.runtime.deliver.telegram.TelegramConfig;
import io.centurions.runtime.intake.InstanceAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelegramPollingTest {

    private final AtomicBoolean ours = new AtomicBoolean(true);
    private final AtomicInteger polls = new AtomicInteger();
    private final TelegramPolling polling =
            new TelegramPolling(new Settings(), new Bots(), new Poll(), wait -> LockSupport.parkNanos(1_000_000));

    @AfterEach
    void stop() {
        polling.stop(null);
    }

    @Test
    void neither_an_error_nor_a_poll_that_ended_makes_a_bot_deaf() {
        await().until(() -> {
            polling.run(ours::get);
            return polls.get() > 4;
        });
    }

    @Test
    void whoever_lost_the_lease_begins_no_poll_and_polls_when_it_is_theirs_again() {
        polls.set(2);
        polling.run(ours::get);
        await().until(() -> polls.get() > 4);

        ours.set(false);

        AtomicInteger seen = new AtomicInteger(-1);
        await().pollInterval(Duration.ofMillis(200)).until(() -> seen.getAndSet(polls.get()) == polls.get());

        ours.set(true);
        await().until(() -> {
            polling.run(ours::get);
            return polls.get() > seen.get() + 2;
        });
    }

    @Test
    void once_stopped_nobody_polls_though_the_lease_is_still_ours() {
        polling.stop(null);

        polling.run(ours::get);

        await().during(Duration.ofMillis(200)).until(() -> polls.get() == 0);
    }

    private final class Bots extends BotRepository {
        private final InstanceAddress bot =
                new InstanceAddress(InstanceId.random(), CompanyId.random(), "telegram", false, new byte[0]);

        Bots() {
            super(null);
        }

        @Override
        public List<InstanceAddress> all() {
            return List.of(bot);
        }
    }

    private final class Poll extends PollBot {
        Poll() {
            super(null, null, null, null, null);
        }

        @Override
        Next poll(InstanceAddress bot, long offset, Lease lease) {
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
