package io.centurions.backoffice.idempotency;

import io.centurions.backoffice.locking.Tagged;
import java.util.function.ToIntFunction;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * What a keyed POST has done, now or when it was first sent.
 *
 * @param thing as it is now
 * @param fresh false when nothing was done now: the key was used for this request before
 */
public record Done<T>(T thing, boolean fresh) {

    /** 200 with the thing; a repeat says that it is one. */
    public RestResponse<T> ok() {
        return told(RestResponse.ResponseBuilder.ok(thing));
    }

    /** The same for a thing that can be changed: with the tag of its version. */
    public RestResponse<T> tagged(ToIntFunction<T> version) {
        return told(RestResponse.ResponseBuilder.ok(thing).header("ETag", Tagged.tag(version.applyAsInt(thing))));
    }

    private RestResponse<T> told(RestResponse.ResponseBuilder<T> answer) {
        return (fresh ? answer : answer.header("Idempotent-Replay", "true")).build();
    }
}
