package io.centurions.backoffice.isolation;

import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Lets the canaries attack each other, each minute, on one replica. What gets through is counted in {@code
 * isolation_probe_hits_total{attack}}, which stands at 0 for ever in an installation that is well. An attack
 * that fails in itself does not keep the others from being tried; the job has failed then.
 */
@ApplicationScoped
class IsolationProbe implements OwnedJob {

    private static final Logger LOG = Logger.getLogger(IsolationProbe.class);

    private final List<Attack> attacks;
    private final Canaries canaries;
    private final Tally tally;
    private final IsolationConfig config;
    private final OwnApi api;

    IsolationProbe(@All List<Attack> attacks, Canaries canaries, Tally tally, IsolationConfig config, OwnApi api) {
        this.attacks = attacks;
        this.canaries = canaries;
        this.tally = tally;
        this.config = config;
        this.api = api;
        attacks.forEach(attack -> tally.begin(attack.name()));
    }

    @Override
    public String name() {
        return "isolation-probe";
    }

    @Override
    public Duration every() {
        return config.every();
    }

    @Override
    public void run(Lease lease) {
        if (!api.isUp()) {
            return;
        }
        canaries.make(Canary.ONE);
        canaries.make(Canary.TWO);
        RuntimeException failure = null;
        for (Attack attack : attacks) {
            if (!lease.stillMine()) {
                return;
            }
            try {
                carryOut(attack, Canary.ONE, Canary.TWO);
                carryOut(attack, Canary.TWO, Canary.ONE);
            } catch (DatabaseUnavailable e) {
                throw e;
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void carryOut(Attack attack, Canary attacker, Canary victim) {
        List<String> got = attack.attempt(attacker, victim);
        tally.tried(attack.name(), got.size());
        if (!got.isEmpty()) {
            LOG.errorf(
                    "one company got at another's: attack %s reached %s; runbook isolation company_id=%s",
                    attack.name(), got, attacker.company());
        }
    }
}
