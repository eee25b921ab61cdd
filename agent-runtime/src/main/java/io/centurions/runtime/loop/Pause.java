package io.centurions.runtime.loop;

import java.time.Duration;

/** Waiting as something that can be handed in, so that rules about time are tested without spending it. */
@FunctionalInterface
public interface Pause {

    /** Returns after {@code wait}, or earlier when the thread was interrupted, whose flag then stays set. */
    void forAbout(Duration wait);
}
