package io.centurions.backoffice.neighbour;

/** How a call to another service ended. */
public sealed interface Answer<T> {

    /** It did what was asked. */
    record Given<T>(T value) implements Answer<T> {}

    /**
     * It said no; repeating the same call cannot help.
     *
     * @param body its problem+json, as it came
     */
    record Refused<T>(int status, String body) implements Answer<T> {}

    /** It, or the provider that it asked, was not there or not able to; repeating may help. The reason is a code. */
    record Unreachable<T>(String reason) implements Answer<T> {}
}
