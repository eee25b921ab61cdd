package io.centurions.platform.testkit.cut;

import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * A test's handle on a {@link CuttingProxy} of this JVM. The proxy may have been started by another class loader than the
 * test's (Quarkus has several), so the two meet in the system properties, with types of the JDK only.
 */
public final class Cuts {

    private static final String PREFIX = "centurions.test.cuts.";

    private final Map<String, Object> proxy;

    private Cuts(Map<String, Object> proxy) {
        this.proxy = proxy;
    }

    /** The proxy of that name: {@code database}, {@code redis} or {@code providers}. */
    @SuppressWarnings("unchecked")
    public static Cuts at(String name) {
        Object offered = System.getProperties().get(PREFIX + name);
        if (offered == null) {
            throw new IllegalStateException("no proxy in front of " + name);
        }
        return new Cuts((Map<String, Object>) offered);
    }

    static void offer(
            String name,
            Supplier<Set<String>> seen,
            Runnable forget,
            BiConsumer<String, String> arm,
            IntSupplier cuts) {
        System.getProperties().put(PREFIX + name, Map.of("seen", seen, "forget", forget, "arm", arm, "cuts", cuts));
    }

    /** Every step that came by since {@link #forget}. */
    @SuppressWarnings("unchecked")
    public Set<String> seen() {
        return ((Supplier<Set<String>>) proxy.get("seen")).get();
    }

    public void forget() {
        ((Runnable) proxy.get("forget")).run();
    }

    /** Cuts the next connection that comes to this step, once. */
    @SuppressWarnings("unchecked")
    public void next(String step, Moment moment) {
        ((BiConsumer<String, String>) proxy.get("arm")).accept(step, moment.name());
    }

    /** Takes back an order that was not carried out. */
    @SuppressWarnings("unchecked")
    public void never() {
        ((BiConsumer<String, String>) proxy.get("arm")).accept(null, null);
    }

    /** How many connections have been cut. */
    public int made() {
        return ((IntSupplier) proxy.get("cuts")).getAsInt();
    }
}
