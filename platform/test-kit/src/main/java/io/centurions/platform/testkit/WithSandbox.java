package io.centurions.platform.testkit;

import io.quarkus.test.common.QuarkusTestResource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the application under test the simulated providers on a free port and points every provider setting at them.
 * Its address is the configuration {@code sandbox.url}.
 */
@QuarkusTestResource(SimulatedProviders.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WithSandbox {}
