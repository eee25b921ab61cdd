package io.centurions.platform.tenancy;

import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jboss.logmanager.MDC;

/**
 * What ties the work of one request or event together: it is written on every event and every log line of the thread.
 *
 * @param correlationId the same from the webhook to the conversion
 * @param causationId   the event that made this work start, or null when a request did
 * @param traceparent   W3C trace context, {@code 00-<trace>-<span>-<flags>}
 */
public record Trace(UUID correlationId, UUID causationId, String traceparent) {

    private static final Pattern TRACEPARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final ThreadLocal<Trace> CURRENT = new ThreadLocal<>();

    /** A malformed {@code traceparent} is none: others write it, and it must break neither a log line nor a row. */
    public Trace {
        traceparent = traceparent != null && TRACEPARENT.matcher(traceparent).matches() ? traceparent : null;
    }

    /** The trace of this thread; a thread that has entered none gets a new one with each call of this method. */
    public static Trace current() {
        Trace current = CURRENT.get();
        return current != null ? current : started(null);
    }

    /** A new trace, continuing the caller's {@code traceparent} where that is well-formed. */
    public static Trace started(String traceparent) {
        Trace given = new Trace(UUID.randomUUID(), null, traceparent);
        return given.traceparent() != null
                ? given
                : new Trace(given.correlationId(), null, "00-" + hex(16) + "-" + hex(8) + "-01");
    }

    /** Runs work under a trace, also in the log, and restores what was there before. */
    public static <T> T call(Trace trace, Supplier<T> work) {
        Trace before = CURRENT.get();
        enter(trace);
        try {
            return work.get();
        } finally {
            enter(before);
        }
    }

    /** Runs work under a trace, also in the log, and restores what was there before. */
    public static void run(Trace trace, Runnable work) {
        call(trace, () -> {
            work.run();
            return null;
        });
    }

    /** The 32 hex digits that a log line and a tracing backend call the trace id. */
    public String traceId() {
        return traceparent == null ? correlationId.toString() : traceparent.substring(3, 35);
    }

    /** For an edge that cannot wrap its work in {@link #call}: sets the trace of this thread, null removes it. */
    public static void enter(Trace trace) {
        if (trace == null) {
            CURRENT.remove();
            MDC.remove("trace_id");
        } else {
            CURRENT.set(trace);
            MDC.put("trace_id", trace.traceId());
        }
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        // Unique, not secret; a static SecureRandom would also be frozen into a native image.
        ThreadLocalRandom.current().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
