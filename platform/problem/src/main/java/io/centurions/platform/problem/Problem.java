package io.centurions.platform.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An expected refusal of a request, told to the caller as problem+json. The code is stable and part of the API; the
 * detail is for a developer and never carries content, another company's things or a secret.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<FieldError> errors;
    private final transient Duration retryAfter;

    private Problem(int status, String code, String detail, List<FieldError> errors, Duration retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }

    /** One field that is wrong: where, and what is wrong with it. */
    public record FieldError(String field, String message) {}

    /** 400: the request itself is wrong; the same request will never do. */
    public static Problem badRequest(String code, String detail) {
        return of(400, code, detail);
    }

    /** 400 with the fields or query parameters that are wrong. */
    public static Problem invalid(List<FieldError> errors) {
        String fields = errors.stream().map(FieldError::field).distinct().collect(Collectors.joining(", "));
        return new Problem(400, "invalid", "not valid: " + fields, List.copyOf(errors), null);
    }

    public static Problem unauthorized(String detail) {
        return of(401, "unauthorized", detail);
    }

    public static Problem forbidden(String detail) {
        return of(403, "forbidden", detail);
    }

    /** 403 for a reason that a program acts on, such as an address that has expired. */
    public static Problem forbidden(String code, String detail) {
        return of(403, code, detail);
    }

    /** 404: not there, or another company's, which is the same to the caller. */
    public static Problem notFound(String what) {
        return of(404, "not-found", what + " not found");
    }

    public static Problem conflict(String code, String detail) {
        return of(409, code, detail);
    }

    /** 412: somebody else changed the thing since the caller read it; read it again, then decide. */
    public static Problem preconditionFailed(String code, String detail) {
        return of(412, code, detail);
    }

    public static Problem tooLarge(long limitBytes) {
        return of(413, "too-large", "the body is larger than " + limitBytes + " bytes");
    }

    /** 415: of a kind that is not taken. */
    public static Problem unsupportedType(String detail) {
        return of(415, "unsupported-type", detail);
    }

    /** 422: well-formed, but the state of things does not allow it. */
    public static Problem unprocessable(String code, String detail) {
        return of(422, code, detail);
    }

    /** 428: the request must say which state of the thing it wants to change. */
    public static Problem preconditionRequired(String detail) {
        return of(428, "precondition-required", detail);
    }

    /** 429 with Retry-After: nothing was done, the same request may do later. */
    public static Problem tooMany(String detail, Duration retryAfter) {
        return new Problem(429, "too-many-requests", detail, List.of(), retryAfter);
    }

    /** 502: a neighbour or provider refused or failed. */
    public static Problem badGateway(String code, String detail) {
        return of(502, code, detail);
    }

    /** 503 with Retry-After: nothing was done, the same request may do later. */
    public static Problem unavailable(String detail, Duration retryAfter) {
        return new Problem(503, "unavailable", detail, List.of(), retryAfter);
    }

    /** 503 with Retry-After: this service is well, but the provider that it asked does not do it now. */
    public static Problem providerUnavailable(String detail, Duration retryAfter) {
        return new Problem(503, "provider-unavailable", detail, List.of(), retryAfter);
    }

    /** 507: there is no room for it; nothing was kept. */
    public static Problem storageFull(String detail) {
        return of(507, "storage-full", detail);
    }

    static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, List.of(), null);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    List<FieldError> errors() {
        return errors;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
