package io.centurions.autentique.signing;

import java.time.Duration;

/** What the provider did with one call, in the only terms that the loop acts on. Reasons are codes. */
public sealed interface ProviderResult<T> {

    /** It answered. */
    record Accepted<T>(T value) implements ProviderResult<T> {}

    /**
     * Worth repeating: throttling, a failure on its side, a time-out. It may have been done all the same.
     *
     * @param atLeast how long the provider wants us to wait; zero when it did not say
     * @param tried   false when we kept the call back ourselves: the provider was not asked
     */
    record TryLater<T>(Duration atLeast, String reason, boolean tried) implements ProviderResult<T> {

        /** After a call. */
        public TryLater(Duration atLeast, String reason) {
            this(atLeast, reason, true);
        }
    }

    /** Repeating cannot help. A person must look. */
    record Refused<T>(String reason) implements ProviderResult<T> {}

    /** The reason of what was not accepted; null otherwise. */
    default String reason() {
        return switch (this) {
            case Accepted<T> accepted -> null;
            case TryLater<T> later -> later.reason();
            case Refused<T> refused -> refused.reason();
        };
    }

    /** Whether the provider was asked at all. */
    default boolean tried() {
        return true;
    }

    /** Its name in the row of the attempt. */
    default String outcome() {
        return switch (this) {
            case Accepted<T> accepted -> "accepted";
            case TryLater<T> later -> "try_later";
            case Refused<T> refused -> "refused";
        };
    }
}
