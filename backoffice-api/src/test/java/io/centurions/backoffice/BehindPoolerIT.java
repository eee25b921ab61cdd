package io.centurions.backoffice;

import io.centurions.platform.consumercontract.isolation.ServiceBehindPooler;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.WithTransactionPooler;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithTransactionPooler
@WithNeighbours
class BehindPoolerIT extends ServiceBehindPooler {}
