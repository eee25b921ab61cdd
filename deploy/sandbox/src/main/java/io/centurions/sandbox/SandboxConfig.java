package io.centurions.sandbox;

import io.centurions.sandbox.wire.Pace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How the sandbox runs, by environment names.
 *
 * <ul>
 *   <li>{@code PORT} (8090; 0 takes a free one) and {@code SANDBOX_HOST} (127.0.0.1: it knows no real password, so it
 *       must not be reached from a network by accident)
 *   <li>{@code SANDBOX_PUBLIC_URL}: its address as the fleet and the browser see it; part of the issuer's name
 *   <li>{@code SANDBOX_PACE}: fast or human
 *   <li>{@code SANDBOX_AUTO_SCAN}: false leaves QR codes to be scanned by call
 *   <li>{@code SANDBOX_STATE}: folder for what must survive a restart
 *   <li>{@code SANDBOX_CALLS_KEPT}: how many calls of the fleet are remembered, 2,000 by default
 *   <li>{@code SANDBOX_RETRY_SCALE}: multiplies the providers' waits before they repeat a webhook, 1 by default
 * </ul>
 */
public record SandboxConfig(Map<String, String> settings) {

    public SandboxConfig {
        settings = Map.copyOf(settings);
    }

    public static SandboxConfig ofEnvironment() {
        return new SandboxConfig(System.getenv());
    }

    public SandboxConfig with(String name, String value) {
        Map<String, String> changed = new HashMap<>(settings);
        changed.put(name, value);
        return new SandboxConfig(changed);
    }

    int port() {
        return Integer.parseInt(given("PORT").orElse("8090"));
    }

    String host() {
        return given("SANDBOX_HOST").orElse("127.0.0.1");
    }

    Optional<String> publicUrl() {
        return given("SANDBOX_PUBLIC_URL");
    }

    Pace pace() {
        return Pace.valueOf(given("SANDBOX_PACE").orElse("fast").toUpperCase(Locale.ROOT));
    }

    boolean scansItself() {
        return !"false".equalsIgnoreCase(given("SANDBOX_AUTO_SCAN").orElse("true"));
    }

    Optional<Path> stateFolder() {
        return given("SANDBOX_STATE").map(Path::of);
    }

    double retryScale() {
        return Double.parseDouble(given("SANDBOX_RETRY_SCALE").orElse("1"));
    }

    int callsKept() {
        return Integer.parseInt(given("SANDBOX_CALLS_KEPT").orElse("2000"));
    }

    private Optional<String> given(String name) {
        return Optional.ofNullable(settings.get(name)).filter(value -> !value.isBlank());
    }
}
