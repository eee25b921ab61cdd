package io.centurions.backoffice.idempotency;

import io.centurions.backoffice.locking.Tagged;
import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;

/** The answer to a POST that made a thing, now or when it was first sent. */
public final class Created {

    private Created() {}

    /** 201 with the thing and its address; a repeat says that it is one. */
    public static <T> RestResponse<T> at(String address, T thing, boolean fresh) {
        var answer =
                RestResponse.ResponseBuilder.<T>created(URI.create(address)).entity(thing);
        return (fresh ? answer : answer.header("Idempotent-Replay", "true")).build();
    }

    /** The same for a thing that can be changed: with the tag of its version. */
    public static <T> RestResponse<T> at(String address, T thing, int version, boolean fresh) {
        var answer = RestResponse.ResponseBuilder.<T>created(URI.create(address))
                .entity(thing)
                .header("ETag", Tagged.tag(version));
        return (fresh ? answer : answer.header("Idempotent-Replay", "true")).build();
    }
}
