package io.centurions.runtime.intake.telegram;

import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.loops.Failures;
import io.centurions.runtime.deliver.telegram.TelegramConfig;
import io.centurions.runtime.intake.InstanceAddress;
import io.centurions.runtime.loop.Pause;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Polls every bot when this installation has no address that Telegram could push to. One virtual thread per bot; bots that come
 * and go are noticed within a few seconds, and so is a poll that has ended. For one replica: two would take each other's updates away.
 */
@ApplicationScoped
class TelegramPolling {

    private static final Logger LOG = Logger.getLogger(TelegramPolling.class);
    private static final Duration LOOK_AROUND = Duration.ofSeconds(3);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final TelegramConfig config;
    private final BotRepository bots;
    private final PollBot poll;
    private final Pause pause;
    private final Map<InstanceId, Thread> running = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private Thread supervisor;

    TelegramPolling(TelegramConfig config, BotRepository bots, PollBot poll, Pause pause) {
        this.config = config;
        this.bots = bots;
        this.poll = poll;
        this.pause = pause;
    }

    void start(@Observes StartupEvent started) {
        if (config.mode() == TelegramConfig.Mode.POLLING) {
            supervisor = Thread.ofVirtual().name("telegram-polling").start(this::supervise);
        }
    }

    void stop(@Observes @Priority(8) ShutdownEvent event) {
        stopping = true;
        if (supervisor != null) {
            supervisor.interrupt();
        }
        running.values().forEach(Thread::interrupt);
    }

    private void supervise() {
        while (!stopping) {
            try {
                adjust(bots.all());
            } catch (RuntimeException | Error failure) {
                // An Error too: without this loop nobody is heard any more, and nothing would tell.
                LOG.warnf("the bots to poll are not known, will retry: %s", Failures.place(failure));
            }
            pause.forAbout(LOOK_AROUND);
        }
    }

    private void adjust(List<InstanceAddress> wanted) {
        Set<InstanceId> ids = wanted.stream().map(InstanceAddress::id).collect(Collectors.toSet());
        running.forEach((id, thread) -> {
            if (!ids.contains(id) && running.remove(id, thread)) {
                thread.interrupt();
            }
        });
        wanted.forEach(bot -> running.compute(
                bot.id(),
                (id, thread) -> thread != null && thread.isAlive()
                        ? thread
                        : Thread.ofVirtual().name("telegram-poll").start(() -> pollForever(bot))));
    }

    private void pollForever(InstanceAddress bot) {
        long offset = 0;
        while (!stopping && !Thread.currentThread().isInterrupted()) {
            Duration wait;
            try {
                PollBot.Next next = poll.poll(bot, offset);
                offset = next.offset();
                wait = next.pause();
            } catch (RuntimeException | Error failure) {
                LOG.warnf("polling will be tried again instance_id=%s: %s", bot.id(), Failures.place(failure));
                wait = AFTER_FAILURE;
            }
            pause.forAbout(wait);
        }
    }
}
