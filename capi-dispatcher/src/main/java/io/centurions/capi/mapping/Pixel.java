package io.centurions.capi.mapping;

/**
 * A dataset of Meta that a company reports to.
 *
 * @param datasetId     where events are posted
 * @param wabaId        the WhatsApp business account linked to it, null without one
 * @param pageId        the page linked to it, null without one
 * @param testEventCode shows events as tests, null in earnest
 * @param sealedToken   the company's own access token, sealed; null when the installation's is used
 */
public record Pixel(String datasetId, String wabaId, String pageId, String testEventCode, String sealedToken) {

    @Override
    public String toString() {
        return "Pixel[" + datasetId + "]";
    }
}
