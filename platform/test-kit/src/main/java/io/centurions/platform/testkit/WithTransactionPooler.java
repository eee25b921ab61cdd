package io.centurions.platform.testkit;

import io.quarkus.test.common.QuarkusTestResource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * For this test class alone, beside {@link WithPostgresAndRedis}: the application under test reaches
 * PostgreSQL through a pooler in transaction mode that has fewer connections than the application. PgBouncer
 * where it is installed, else ours.
 */
@QuarkusTestResource(value = BehindPooler.class, restrictToAnnotatedClass = true)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WithTransactionPooler {}
