package io.centurions.backoffice.pixel;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * A dataset to report to.
 *
 * @param wabaId        WhatsApp business account, for conversions from WhatsApp ads
 * @param pageId        Facebook page, for conversions from messages without one
 * @param accessToken   left out: the installation's own token is used
 * @param testEventCode conversions go to Meta's test view only
 * @param enabled       left out: true
 */
public record NewPixel(
        @NotNull @Pattern(regexp = "[0-9]{5,30}") String datasetId,
        @Pattern(regexp = "[0-9]{5,30}") String wabaId,
        @Pattern(regexp = "[0-9]{5,30}") String pageId,
        @Size(min = 1, max = 2000) String accessToken,
        @Size(min = 1, max = 100) String testEventCode,
        Boolean enabled) {

    public NewPixel {
        enabled = enabled == null || enabled;
    }

    /** Without the token: it must not reach a log by way of a message. */
    @Override
    public String toString() {
        return "NewPixel[datasetId=" + datasetId + ", enabled=" + enabled + "]";
    }
}
