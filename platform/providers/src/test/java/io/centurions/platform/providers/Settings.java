package io.centurions.platform.providers;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A configuration without a container, with the same limits for every provider. Lent to the plain tests of clients. */
public record Settings(ProvidersConfig.Limits everybodys) implements ProvidersConfig {

    /** Providers with the usual limits. */
    public static Providers providers() {
        return new Providers(new Settings(Limited.of(32, 512)), new SimpleMeterRegistry());
    }

    @Override
    public Duration connectLimit() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Duration forgetAfter() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Optional<List<String>> names() {
        return Optional.of(List.of("p"));
    }

    @Override
    public Map<String, Limits> limits() {
        return new AbstractMap<>() {
            @Override
            public Limits get(Object name) {
                return everybodys;
            }

            @Override
            public Set<Entry<String, Limits>> entrySet() {
                return Set.of();
            }
        };
    }

    /** Limits of a test. */
    public record Limited(
            int atOncePerCompany,
            int atOnce,
            int waitingPerCompany,
            Duration longestWait,
            int window,
            double failureRatio,
            Duration rest)
            implements ProvidersConfig.Limits {

        public static Limited of(int atOncePerCompany, int atOnce) {
            return new Limited(atOncePerCompany, atOnce, 0, Duration.ZERO, 10, 0.5, Duration.ofSeconds(10));
        }

        public Limited waiting(int most, Duration longest) {
            return new Limited(atOncePerCompany, atOnce, most, longest, window, failureRatio, rest);
        }

        public Limited breaking(int afterCalls, Duration resting) {
            return new Limited(
                    atOncePerCompany, atOnce, waitingPerCompany, longestWait, afterCalls, failureRatio, resting);
        }
    }
}
