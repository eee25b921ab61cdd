package io.centurions.capi.mapping;

import io.centurions.capi.identity.HashedPerson;
import io.centurions.capi.meta.MetaEvent;
import io.centurions.capi.meta.MetaEvent.CustomData;
import io.centurions.capi.meta.MetaEvent.UserData;

/** Writes the event of a conversion: what identifies the person hashed, the trail of the click as it was left. */
public final class ToMetaEvent {

    private ToMetaEvent() {}

    public static MetaEvent of(Conversion conversion, Lead lead, Pixel pixel) {
        HashedPerson person = HashedPerson.of(lead.person(), lead.id().toString());
        return switch (conversion.source()) {
            case BUSINESS_MESSAGING -> event(conversion, "whatsapp", null, chat(person, lead.click(), pixel), null);
            case WEBSITE -> event(conversion, null, lead.click().pageUrl(), visitor(person, lead), null);
            case SYSTEM_GENERATED -> event(conversion, null, null, visitor(person, lead), "crm");
        };
    }

    private static MetaEvent event(
            Conversion conversion, String channel, String pageUrl, UserData user, String eventSource) {
        return new MetaEvent(
                conversion.name(),
                conversion.factAt().getEpochSecond(),
                conversion.eventId().toString(),
                conversion.source().code(),
                channel,
                pageUrl,
                user,
                custom(conversion.money(), eventSource));
    }

    // The business account names the chat's owner better than the page, which serves numbers without one.
    private static UserData chat(HashedPerson person, Click click, Pixel pixel) {
        return UserData.of(person)
                .inChat(click.ctwaClid(), pixel.wabaId(), pixel.wabaId() == null ? pixel.pageId() : null);
    }

    private static UserData visitor(HashedPerson person, Lead lead) {
        Click click = lead.click();
        return UserData.of(person).onPage(click.clientIp(), click.userAgent(), clickCookie(lead), click.fbp());
    }

    // As the browser would have written it, from the time we first saw the click.
    private static String clickCookie(Lead lead) {
        Click click = lead.click();
        if (click.fbc() != null || click.fbclid() == null) {
            return click.fbc();
        }
        return "fb.1." + lead.createdAt().toEpochMilli() + "." + click.fbclid();
    }

    private static CustomData custom(Money money, String eventSource) {
        if (money == null && eventSource == null) {
            return null;
        }
        return new CustomData(
                money == null ? null : money.units(),
                money == null ? null : money.currency(),
                eventSource == null ? null : "Centurions",
                eventSource);
    }
}
