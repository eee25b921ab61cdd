package io.centurions.evolution.delivery;

import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.tenancy.Trace;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Drives delivery from PostgreSQL: claims conversations that have something to say and delivers each on its own virtual thread, a
 * bounded number at once. Woken by requests, and polling besides, so that a lost event only costs half a second.
 */
@ApplicationScoped
public class DeliverReplies {

    private static final Logger LOG = Logger.getLogger(DeliverReplies.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final DeliveryRepository deliveries;
    private final DeliverConversation conversation;
    private final DeliveryConfig config;
    private final Semaphore room;
    private final Semaphore woken = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);

    DeliverReplies(DeliveryRepository deliveries, DeliverConversation conversation, DeliveryConfig config) {
        this.deliveries = deliveries;
        this.conversation = conversation;
        this.config = config;
        this.room = new Semaphore(config.conversationsAtOnce());
    }

    /** Says that something was planned; returns at once. */
    public void wake() {
        woken.release();
    }

    void start(@Observes StartupEvent started) {
        Thread.ofVirtual().name("delivery").start(this::claimUntilStopped);
    }

    // Nothing new is claimed; calls on the wire are waited for, so that their end is known and not for another worker
    // to resolve.
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping.countDown();
        wake();
        if (!room.tryAcquire(config.conversationsAtOnce(), config.grace().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("stopped while calls were on the wire; another worker resolves them after their lease");
        }
    }

    private void claimUntilStopped() {
        try {
            while (stopping.getCount() > 0) {
                woken.tryAcquire(claim().toMillis(), TimeUnit.MILLISECONDS);
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long to wait for the next claim. */
    private Duration claim() {
        // Taken before the claim: while one is under way, a stop has to wait for what it brings.
        int free = room.drainPermits();
        int used = 0;
        try {
            if (free == 0 || stopping.getCount() == 0) {
                return config.poll();
            }
            List<Delivery> claimed = deliveries.claimDeliveries(free, config.lease());
            for (Delivery delivery : claimed) {
                start(delivery);
                used++;
            }
            return claimed.size() == free ? Duration.ZERO : config.poll();
        } catch (DatabaseUnavailable e) {
            LOG.warnf("delivery waits for the database: %s", e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("claiming deliveries failed; runbook delivery", e);
        } finally {
            room.release(free - used);
        }
        return AFTER_FAILURE;
    }

    private void start(Delivery delivery) {
        Thread.ofVirtual()
                .name("delivery-" + delivery.conversation())
                .start(() -> Trace.run(Trace.started(null), () -> deliverAndLeave(delivery)));
    }

    private void deliverAndLeave(Delivery delivery) {
        MDC.put("company_id", delivery.company().toString());
        MDC.put("conversation_id", delivery.conversation().toString());
        try {
            conversation.deliver(delivery, stopping);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DatabaseUnavailable e) {
            LOG.warnf("delivery cut off, its lease runs out: %s", e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("delivery failed, its lease runs out; runbook delivery", e);
        } finally {
            MDC.remove("conversation_id");
            MDC.remove("company_id");
            room.release();
            wake();
        }
    }
}
