package io.centurions.capi.meta;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.centurions.capi.identity.HashedPerson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;

/**
 * One event as the Conversions API reads it, with the API's own names; what is null or empty is left out.
 *
 * @param eventName        name of the conversion
 * @param eventTime        seconds since the epoch, at most 7 days ago
 * @param eventId          with the name, the key by which a repeat is dropped for 48 hours
 * @param actionSource     where it took place
 * @param messagingChannel the chat, for business messaging only
 * @param eventSourceUrl   the page, for the web only
 * @param userData         whom it is about
 * @param customData       what it is worth, where it came from
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record MetaEvent(
        String eventName,
        long eventTime,
        String eventId,
        String actionSource,
        String messagingChannel,
        String eventSourceUrl,
        UserData userData,
        CustomData customData) {

    /** Whom an event is about: hashes, and what Meta itself handed out, which is never hashed. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record UserData(
            List<String> em,
            List<String> ph,
            List<String> fn,
            List<String> ln,
            List<String> externalId,
            String clientIpAddress,
            String clientUserAgent,
            String fbc,
            String fbp,
            String ctwaClid,
            String whatsappBusinessAccountId,
            String pageId) {

        public static UserData of(HashedPerson person) {
            return new UserData(
                    person.em(),
                    person.ph(),
                    person.fn(),
                    person.ln(),
                    person.externalId(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }

        /** The chat that an ad opened. */
        public UserData inChat(String click, String wabaId, String page) {
            return new UserData(em, ph, fn, ln, externalId, null, null, null, null, click, wabaId, page);
        }

        /** The browser of a visitor. */
        public UserData onPage(String ip, String userAgent, String clickCookie, String visitorCookie) {
            return new UserData(
                    em, ph, fn, ln, externalId, ip, userAgent, clickCookie, visitorCookie, null, null, null);
        }
    }

    /** What a conversion is worth, and which of our records tells it. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record CustomData(BigDecimal value, String currency, String leadEventSource, String eventSource) {}
}
