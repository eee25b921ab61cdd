package io.centurions.capi.mapping;

/**
 * How Meta is told of a lead's conversions through one dataset. Where the route that the lead's origin deserves lacks
 * something that Meta demands, the conversion goes as a record of ours, and the reason is kept.
 *
 * @param origin decides the names
 * @param source decides what the event carries
 * @param reason why not the better source, a code; null where nothing is missing
 */
public record Route(Origin origin, ActionSource source, String reason) {

    public static Route of(Lead lead, Pixel pixel) {
        Origin origin = Origin.of(lead);
        return switch (origin) {
            case WHATSAPP_AD ->
                pixel.wabaId() != null || pixel.pageId() != null
                        ? new Route(origin, ActionSource.BUSINESS_MESSAGING, null)
                        : ours(origin, "no_waba_or_page");
            case WEB_FORM -> website(origin, lead.click());
            case ELSEWHERE -> ours(origin, null);
        };
    }

    /** The name under which Meta is told that the lead came this far. */
    public String nameOf(Milestone milestone) {
        return origin.nameOf(milestone);
    }

    private static Route website(Origin origin, Click click) {
        if (click.pageUrl() == null) {
            return ours(origin, "no_page_url");
        }
        return click.userAgent() == null
                ? ours(origin, "no_user_agent")
                : new Route(origin, ActionSource.WEBSITE, null);
    }

    private static Route ours(Origin origin, String reason) {
        return new Route(origin, ActionSource.SYSTEM_GENERATED, reason);
    }
}
