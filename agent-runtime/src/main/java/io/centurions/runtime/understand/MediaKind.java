package io.centurions.runtime.understand;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The media that are made text of, and what a file of each may take. */
public enum MediaKind {
    /**
     * At most OpenAI's limit for a file to transcribe; hours of a voice message. It comes as base64, which is an answer and a text of it, and
     * leaves as bytes. A small one takes nothing: some minutes of speech, in the hands of few at once.
     */
    AUDIO(25 * 1024 * 1024, 4, MediaKind.SMALL),

    /**
     * A photo that a channel sends has a tenth of that, and a model that takes more than half of it is rare. It leaves as base64 in JSON in a
     * body, each a copy.
     */
    IMAGE(10 * 1024 * 1024, 8, 0);

    /** Bytes of a file that is expected when nobody says how large it is. */
    static final int SMALL = 1024 * 1024;

    private final int most;
    private final int times;
    private final int takesNothing;

    MediaKind(int most, int times, int takesNothing) {
        this.most = most;
        this.times = times;
        this.takesNothing = takesNothing;
    }

    /** Empty for what is not made text of. */
    public static Optional<MediaKind> of(String wire) {
        return Arrays.stream(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
    }

    /** As messages and metrics spell it. */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Bytes beyond which a file is given up for good: whoever sends it would otherwise take the memory of everybody. */
    int most() {
        return most;
    }

    /** Bytes of the heap that a file of so many takes while a model is asked: it lies there several times. */
    long inMemory(int bytes) {
        return bytes <= takesNothing ? 0 : (long) bytes * times;
    }
}
