package io.centurions.runtime.understand;

import io.centurions.runtime.think.Thinking;
import java.util.Optional;

/**
 * What a model made of a media, for good.
 *
 * @param text null when it made nothing of it, or there was no file
 * @param paid what that took; null when no model answered
 */
record Meaning(String text, Thinking.Usage paid) {

    static final Meaning NONE = new Meaning(null, null);

    Optional<String> words() {
        return Optional.ofNullable(text);
    }

    /** Of an answer; blank words mean nothing. */
    static Meaning of(String text, Thinking.Usage paid) {
        return new Meaning(text == null || text.isBlank() ? null : text.replace("\u0000", ""), paid);
    }
}
