package io.centurions.backoffice.security;

import java.util.Map;

/**
 * A POST that can be sent: where, what, and another request that the same key must not stand for.
 *
 * @param body      null: it takes none
 * @param otherPath null: nothing else can be asked for
 * @param between   what happens beside us after it was done first
 * @param live      what is shown moves on by itself, so that only its id stays
 */
record KeyedPost(
        String path, Map<String, ?> body, String otherPath, Map<String, ?> other, Runnable between, boolean live) {

    static KeyedPost of(String path) {
        return new KeyedPost(path, null, null, null, () -> {}, false);
    }

    static KeyedPost of(String path, Map<String, ?> body) {
        return new KeyedPost(path, body, null, null, () -> {}, false);
    }

    /** The same asked of another thing. */
    KeyedPost orOf(String another) {
        return new KeyedPost(path, body, another, body, between, live);
    }

    /** Something else asked. */
    KeyedPost or(Map<String, ?> another) {
        return new KeyedPost(path, body, path, another, between, live);
    }

    KeyedPost andThen(Runnable happens) {
        return new KeyedPost(path, body, otherPath, other, happens, live);
    }

    KeyedPost shownLive() {
        return new KeyedPost(path, body, otherPath, other, between, true);
    }
}
