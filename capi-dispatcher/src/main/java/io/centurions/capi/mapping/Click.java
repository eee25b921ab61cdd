package io.centurions.capi.mapping;

/**
 * The trail from an ad or a page to a lead; each part is null where it was not left.
 *
 * @param ctwaClid  id of the click on an ad that opens WhatsApp
 * @param fbclid    id of a click on an ad that opens a page, case matters
 * @param fbc       the browser's cookie for that click
 * @param fbp       the browser's cookie for the visitor
 * @param pageUrl   the page of the form
 * @param clientIp  the visitor's address, not our server's
 * @param userAgent the visitor's browser
 */
public record Click(
        String ctwaClid, String fbclid, String fbc, String fbp, String pageUrl, String clientIp, String userAgent) {

    /** Where nothing is known. */
    public static Click none() {
        return new Click(null, null, null, null, null, null, null);
    }

    @Override
    public String toString() {
        return "Click[not shown]";
    }
}
