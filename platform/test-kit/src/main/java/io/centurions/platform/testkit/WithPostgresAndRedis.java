package io.centurions.platform.testkit;

import io.quarkus.test.common.QuarkusTestResource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the application under test a PostgreSQL in which every slice is migrated, reached as the service's own app role,
 * and a Redis. Embedded servers, or containers where a Docker engine answers; one of each for all tests of a module.
 */
@QuarkusTestResource(PostgresAndRedis.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WithPostgresAndRedis {}
