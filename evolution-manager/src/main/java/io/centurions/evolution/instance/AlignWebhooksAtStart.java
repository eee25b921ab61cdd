package io.centurions.evolution.instance;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.tenancy.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Our address may have changed while we were down: each start brings the webhooks of all companies' instances in line with it, in
 * the background. Repeated with growing waits until every instance is settled, so database and server may come later. Replicas may
 * do it at once. The twin for Telegram is in agent-runtime, of the same name.
 */
@ApplicationScoped
class AlignWebhooksAtStart {

    private static final Logger LOG = Logger.getLogger(AlignWebhooksAtStart.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Database database;
    private final InstanceDirectory directory;
    private final WhatsAppInstanceRepository instances;
    private final AlignWebhook align;
    private final CountDownLatch stopping = new CountDownLatch(1);

    AlignWebhooksAtStart(
            Database database, InstanceDirectory directory, WhatsAppInstanceRepository instances, AlignWebhook align) {
        this.database = database;
        this.directory = directory;
        this.instances = instances;
        this.align = align;
    }

    void start(@Observes StartupEvent started) {
        Thread.ofVirtual().name("align-webhooks").start(this::alignUntilSettled);
    }

    void stop(@Observes @Priority(8) ShutdownEvent stopped) {
        stopping.countDown();
    }

    private void alignUntilSettled() {
        Set<InstanceId> settled = new HashSet<>();
        Duration wait = FIRST_WAIT;
        try {
            while (!alignAll(settled) && stopping.getCount() > 0) {
                LOG.warnf("webhooks are not all aligned with our address, tried again in %s", wait);
                stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
                wait = longer(wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Goes once through the instances that are not settled yet.
     *
     * @param settled left out, and added to; so an instance that cannot be aligned is warned of once
     * @return whether nothing is left to do
     */
    boolean alignAll(Set<InstanceId> settled) {
        boolean all = true;
        try {
            for (CompanyId company : directory.companies()) {
                for (WhatsAppInstance instance : database.asCompany(company, instances::living)) {
                    all &= stopping.getCount() == 0 || settled.contains(instance.id()) || settle(instance, settled);
                }
            }
        } catch (RuntimeException e) {
            LOG.warnf("the instances to align are not known yet: %s", e);
            return false;
        }
        return all;
    }

    // One instance whose secret does not open must not keep the others from being aligned.
    private boolean settle(WhatsAppInstance instance, Set<InstanceId> settled) {
        try {
            return align.align(instance) && settled.add(instance.id());
        } catch (RuntimeException e) {
            LOG.warnf(e, "the webhook could not be aligned instance_id=%s", instance.id());
            return false;
        }
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
    }
}
