package io.centurions.capi;

import io.centurions.platform.consumercontract.isolation.ServiceIsolation;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class IsolationIT extends ServiceIsolation {}
