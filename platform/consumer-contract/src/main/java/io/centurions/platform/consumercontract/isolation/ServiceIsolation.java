package io.centurions.platform.consumercontract.isolation;

import io.centurions.platform.testkit.Repository;
import io.centurions.platform.testkit.isolation.IsolationProof;
import io.centurions.platform.testkit.isolation.Login;
import java.util.List;
import java.util.UUID;

/**
 * Every attack of {@link IsolationProof} as the login of the service whose module this runs in, and its
 * interleaved requests through the service's own pool.
 */
public abstract class ServiceIsolation extends IsolationProof {

    /** The service's own; whoever else is let in by it is added by the service. */
    @Override
    protected List<Login> logins() {
        return List.of(Login.service(Repository.suffixOfModule() + "_app"));
    }

    @Override
    protected final List<UUID> ask(UUID company, String sql) {
        return ThroughDatabase.ask(company, sql);
    }
}
