package io.centurions.contracts.company;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.SettingId;

/**
 * A setting of a company changed: a pixel, a channel instance, a limit or a form.
 *
 * <p>Written in the transaction that changed it. Broadcast: a replica that was away misses it, so what must not be
 * stale is read again when it is used. The setting itself is not carried.
 *
 * @param kind what changed
 * @param id   the row that changed
 */
public record SettingsChanged(Kind kind, SettingId id) implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "settings.changed";

    /** Which table to look into. */
    public enum Kind {
        PIXEL,
        INSTANCE,
        LIMITS,
        FORM,
        OTHER
    }

    public SettingsChanged {
        Check.present(kind, "kind");
        Check.present(id, "id");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Id subject() {
        return id;
    }
}
