package io.centurions.evolution.evolution;

import java.time.Duration;

/**
 * What became of a call about an instance. Such calls may be repeated: the server ends in the same state.
 *
 * @param <T> what a finished call hands back
 */
public sealed interface InstanceResult<T> {

    /** Carried out. */
    record Done<T>(T value) implements InstanceResult<T> {}

    /** The name already exists at the server. */
    record NameInUse<T>() implements InstanceResult<T> {}

    /** The server knows no such instance. */
    record Missing<T>() implements InstanceResult<T> {}

    /** The server was asked and is not able now, or did not answer. @param after how long to wait at least; zero when nobody says */
    record TryLater<T>(String reason, Duration after) implements InstanceResult<T> {}

    /** Nothing was sent: the server cannot be reached or we leave it alone now. @param after how long to wait at least */
    record NotAsked<T>(String reason, Duration after) implements InstanceResult<T> {}

    /** The server says no; repeating cannot help. */
    record Refused<T>(String reason) implements InstanceResult<T> {}
}
