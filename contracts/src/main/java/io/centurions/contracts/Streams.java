package io.centurions.contracts;

/** Where events lie in Redis: one stream per type, one entry per event. */
public final class Streams {

    /** Field of an entry that holds the {@link Envelope} as a JSON object. */
    public static final String ENVELOPE = "envelope";

    /** Field of an entry that holds the event as a JSON object. */
    public static final String PAYLOAD = "payload";

    /** Field of an entry that an operator had sent again: the one group that is meant. Others acknowledge and pass on. */
    public static final String ONLY = "only";

    private static final String PREFIX = "stream:";

    private Streams() {}

    /** The Redis key of the stream that carries this type; refuses a type that is not in the catalogue. */
    public static String key(String type) {
        if (!EventTypes.isKnown(type)) {
            throw new IllegalArgumentException("no such event type: " + type);
        }
        return PREFIX + type;
    }

    /** The key of a type that a newer release may have brought: who only passes events on need not know them. */
    public static String carrying(String type) {
        return PREFIX + type;
    }

    /** The type that a stream carries, the inverse of {@link #key}. */
    public static String typeOf(String key) {
        if (!key.startsWith(PREFIX)) {
            throw new IllegalArgumentException("not the key of a stream: " + key);
        }
        return key.substring(PREFIX.length());
    }
}
