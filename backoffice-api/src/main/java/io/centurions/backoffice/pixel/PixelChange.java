package io.centurions.backoffice.pixel;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * A pixel as it is to be from now on; which dataset it is never changes. What is left out is gone, except
 * the token.
 *
 * @param accessToken        a new one; left out: the one that it has stays
 * @param withoutAccessToken its own token is forgotten, and the installation's is used
 * @param enabled            left out: true
 */
public record PixelChange(
        @Pattern(regexp = "[0-9]{5,30}") String wabaId,
        @Pattern(regexp = "[0-9]{5,30}") String pageId,
        @Size(min = 1, max = 2000) String accessToken,
        Boolean withoutAccessToken,
        @Size(min = 1, max = 100) String testEventCode,
        Boolean enabled) {

    public PixelChange {
        withoutAccessToken = withoutAccessToken != null && withoutAccessToken;
        enabled = enabled == null || enabled;
    }

    /** Without the token: it must not reach a log by way of a message. */
    @Override
    public String toString() {
        return "PixelChange[wabaId=" + wabaId + ", pageId=" + pageId + ", enabled=" + enabled + "]";
    }
}
