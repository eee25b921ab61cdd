package io.centurions.runtime;

import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.doors.InternalDoorsProof;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class InternalDoorsIT extends InternalDoorsProof {}
