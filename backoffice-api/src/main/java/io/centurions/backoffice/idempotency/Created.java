package io.centurions.backoffice.idempotency;

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
}
