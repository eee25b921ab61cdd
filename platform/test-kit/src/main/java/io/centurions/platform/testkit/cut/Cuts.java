package io.centurions.platform.testkit.cut;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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

    static void offer(String name, Steps steps) {
        Supplier<Map<String, Integer>> begun = steps::begun;
        Supplier<Map<String, Integer>> found = steps::found;
        Runnable forget = steps::forget;
        Consumer<List<String>> order = steps::order;
        IntSupplier cuts = steps::cuts;
        System.getProperties()
                .put(
                        PREFIX + name,
                        Map.of("begun", begun, "found", found, "forget", forget, "order", order, "cuts", cuts));
    }

    /** What was said to the server since {@link #forget}: statements, commands or request lines. */
    public Set<String> seen() {
        return begun().keySet().stream()
                .map(step -> step.startsWith(PostgresWire.COMMIT_OF) ? PostgresWire.COMMIT : step)
                .collect(Collectors.toSet());
    }

    /** How often each step came by since {@link #forget}. */
    public Map<String, Integer> begun() {
        return counted("begun");
    }

    /** How often each step was answered with something (a row, an entry, a reply) since {@link #forget}. */
    public Map<String, Integer> found() {
        return counted("found");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Integer> counted(String what) {
        return ((Supplier<Map<String, Integer>>) proxy.get(what)).get();
    }

    public void forget() {
        ((Runnable) proxy.get("forget")).run();
    }

    /** Cuts the next connection that comes to this step, once. */
    public void next(String step, Moment moment) {
        order(List.of(step, moment.name(), "false", "1"));
    }

    /** Cuts, once, the connection that comes to this step as the nth from now on. */
    public void nth(int nth, String step, Moment moment) {
        order(List.of(step, moment.name(), "false", Integer.toString(nth)));
    }

    /** Cuts, once, the connection whose answer to this step is the nth from now on with something in it. */
    public void nthFound(int nth, String step) {
        order(List.of(step, Moment.AFTER.name(), "true", Integer.toString(nth)));
    }

    /** Takes back an order that was not carried out. */
    public void never() {
        order(List.of());
    }

    @SuppressWarnings("unchecked")
    private void order(List<String> words) {
        ((Consumer<List<String>>) proxy.get("order")).accept(words);
    }

    /** How many connections have been cut. */
    public int made() {
        return ((IntSupplier) proxy.get("cuts")).getAsInt();
    }
}
