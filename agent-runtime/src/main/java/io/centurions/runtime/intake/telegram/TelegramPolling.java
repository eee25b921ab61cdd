package io.centurions.runtime.intake.telegram;

import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.loops.Failures;
import io.centurions.runtime.deliver.telegram.TelegramConfig;
import io.centurions.runtime.intake.InstanceAddress;
import io.centurions.runtime.loop.Pause;
import io.quarkus.runtime.ShutdownEvent;
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
 * Polls every bot when this installation has no address that Telegram could push to. One virtual thread per bot; each run of the
 * job notices bots that came or went, and polls that have ended. Two replicas would end each other's polls, so one of them
 * polls: the owner of the job. Once it is no longer that, it begins no poll; the one it holds open ends when the next owner
 * polls, who is given again whatever was not confirmed.
 */
@ApplicationScoped
class TelegramPolling implements OwnedJob {

    private static final Logger LOG = Logger.getLogger(TelegramPolling.class);
    private static final Duration LOOK_AROUND = Duration.ofSeconds(3);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final TelegramConfig config;
    private final BotRepository bots;
    private final PollBot poll;
    private final Pause pause;
    private final Map<InstanceId, Thread> running = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    TelegramPolling(TelegramConfig config, BotRepository bots, PollBot poll, Pause pause) {
        this.config = config;
        this.bots = bots;
        this.poll = poll;
        this.pause = pause;
    }

    @Override
    public String name() {
        return "telegram-polling";
    }

    @Override
    public Duration every() {
        return LOOK_AROUND;
    }

    @Override
    public boolean wanted() {
        return config.mode() == TelegramConfig.Mode.POLLING;
    }

    @Override
    public void run(Lease lease) {
        adjust(bots.all(), lease);
    }

    // Before the job's lease is given back: the next owner finds nobody polling.
    void stop(@Observes @Priority(8) ShutdownEvent event) {
        stopping = true;
        running.values().forEach(Thread::interrupt);
    }

    private void adjust(List<InstanceAddress> wanted, Lease lease) {
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
                        : Thread.ofVirtual().name("telegram-poll").start(() -> pollWhileOurs(bot, lease))));
    }

    private void pollWhileOurs(InstanceAddress bot, Lease lease) {
        long offset = 0;
        while (lease.stillMine() && !stopping && !Thread.currentThread().isInterrupted()) {
            Duration wait;
            try {
                PollBot.Next next = poll.poll(bot, offset, lease);
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
