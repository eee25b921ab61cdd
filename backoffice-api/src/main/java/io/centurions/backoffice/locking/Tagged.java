package io.centurions.backoffice.locking;

import org.jboss.resteasy.reactive.RestResponse;

/**
 * The answer that shows a changeable thing: its version stands in the body and, as {@code ETag}, in
 * the header.
 */
public final class Tagged {

    private Tagged() {}

    /** 200 with the thing; what {@link IfMatch} compares with is the tag's version. */
    public static <T> RestResponse<T> ok(T thing, int version) {
        return RestResponse.ResponseBuilder.ok(thing)
                .header("ETag", tag(version))
                .build();
    }

    /** The tag of a version, for an answer that is built elsewhere (a POST that made the thing). */
    public static String tag(int version) {
        return "\"" + version + "\"";
    }
}
