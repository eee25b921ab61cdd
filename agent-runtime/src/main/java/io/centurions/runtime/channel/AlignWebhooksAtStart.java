package io.centurions.runtime.channel;

import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.loops.Failures;
import io.centurions.runtime.deliver.telegram.TelegramConfig;
import io.centurions.runtime.intake.InstanceAddress;
import io.centurions.runtime.intake.telegram.BotRepository;
import io.centurions.runtime.loop.Pause;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Our address may have changed while we were down: each start brings the webhooks of all companies' bots in line with it, in the
 * background, unless updates are polled. Repeated with growing waits until every bot is settled, so database and Telegram may come
 * later. Replicas may do it at once. The twin for WhatsApp is in evolution-manager, of the same name.
 */
@ApplicationScoped
class AlignWebhooksAtStart {

    private static final Logger LOG = Logger.getLogger(AlignWebhooksAtStart.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final TelegramConfig config;
    private final BotRepository bots;
    private final AlignWebhook align;
    private final Pause pause;
    private volatile boolean stopping;
    private Thread thread;

    AlignWebhooksAtStart(TelegramConfig config, BotRepository bots, AlignWebhook align, Pause pause) {
        this.config = config;
        this.bots = bots;
        this.align = align;
        this.pause = pause;
    }

    void start(@Observes StartupEvent started) {
        if (config.mode() == TelegramConfig.Mode.WEBHOOK) {
            thread = Thread.ofVirtual().name("align-webhooks").start(this::alignUntilSettled);
        }
    }

    void stop(@Observes @Priority(8) ShutdownEvent event) {
        stopping = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void alignUntilSettled() {
        Set<InstanceId> settled = new HashSet<>();
        Duration wait = FIRST_WAIT;
        while (!alignAll(settled) && !stopping) {
            LOG.warnf("webhooks are not all aligned with our address, tried again in %s", wait);
            pause.forAbout(wait);
            wait = longer(wait);
        }
    }

    /**
     * Goes once through the bots that are not settled yet.
     *
     * @param settled left out, and added to; so a bot that cannot be aligned is warned of once
     * @return whether nothing is left to do
     */
    boolean alignAll(Set<InstanceId> settled) {
        boolean all = true;
        try {
            for (InstanceAddress bot : bots.all()) {
                all &= stopping || settled.contains(bot.id()) || settle(bot, settled);
            }
        } catch (RuntimeException failure) {
            LOG.warnf("the bots to align are not known yet: %s", Failures.place(failure));
            return false;
        }
        return all;
    }

    // One bot whose secrets do not open must not keep the others from being aligned.
    private boolean settle(InstanceAddress bot, Set<InstanceId> settled) {
        try {
            return align.align(bot) && settled.add(bot.id());
        } catch (RuntimeException failure) {
            LOG.warnf("the webhook could not be aligned instance_id=%s: %s", bot.id(), Failures.place(failure));
            return false;
        }
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
    }
}
