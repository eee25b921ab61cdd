package io.centurions.evolution.instance;

import io.centurions.evolution.evolution.InstanceResult;
import io.centurions.platform.problem.Problem;
import java.time.Duration;

/** What the caller of our REST hears when the Evolution server did not do it. */
final class ServerProblem {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private ServerProblem() {}

    static <T> T value(InstanceResult<T> result) {
        return switch (result) {
            case InstanceResult.Done<T>(var value) -> value;
            case InstanceResult.Missing<T> missing ->
                throw Problem.conflict(
                        "instance-missing", "the Evolution server does not know the instance; provide it again");
            case InstanceResult.NameInUse<T> taken ->
                throw Problem.conflict("instance-name", "the name is in use at the Evolution server");
            case InstanceResult.TryLater<T>(var reason, var after) ->
                throw Problem.providerUnavailable(
                        "the Evolution server is not known to have done it: " + reason,
                        after.isZero() ? RETRY_AFTER : after);
            case InstanceResult.NotAsked<T>(var reason, var after) ->
                throw Problem.providerUnavailable(
                        "nothing was done at the Evolution server, which was not asked: " + reason,
                        after.isZero() ? RETRY_AFTER : after);
            case InstanceResult.Refused<T>(var reason) ->
                throw Problem.conflict("evolution-refused", "the Evolution server refused: " + reason);
        };
    }
}
