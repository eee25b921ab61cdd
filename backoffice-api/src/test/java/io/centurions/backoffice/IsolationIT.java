package io.centurions.backoffice;

import io.centurions.backoffice.front.PostgRest;
import io.centurions.platform.consumercontract.isolation.ServiceIsolation;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.isolation.Login;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class IsolationIT extends ServiceIsolation {

    /** A company's own front comes in too. */
    @Override
    protected List<Login> logins() {
        PostgRest.makeAuthenticator();
        List<Login> all = new ArrayList<>(super.logins());
        all.add(Login.by(PostgRest.AUTHENTICATOR, PostgRest.ROLE));
        return all;
    }
}
