package io.centurions.platform.jobs;

import java.util.List;

/**
 * The bubbles that a service delivers.
 *
 * @param channels on which they leave
 * @param wake     has delivery look for them at once; may be called by any thread
 */
public record Delivering(List<String> channels, Runnable wake) {

    public Delivering {
        channels = List.copyOf(channels);
    }

    /** As PostgreSQL wants them: one parameter, of the type {@code text[]}. */
    Object asParameter() {
        return channels.toArray(String[]::new);
    }
}
