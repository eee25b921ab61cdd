package io.centurions.contracts.id;

import io.centurions.contracts.Check;
import io.centurions.contracts.Uuid7;
import java.util.UUID;

/**
 * Whatever row a change of settings is about: a pixel, an instance, a limit, a form.
 *
 * @param value the identifier as stored and as written on the wire
 */
public record SettingId(UUID value) implements Id {

    public SettingId {
        Check.present(value, "settingId");
    }

    public static SettingId of(UUID value) {
        return new SettingId(value);
    }

    /** Reads the canonical text form; anything else is an IllegalArgumentException. */
    public static SettingId parse(String text) {
        return new SettingId(UUID.fromString(text));
    }

    /** A new identifier, later than any that this process made before. */
    public static SettingId random() {
        return new SettingId(Uuid7.next());
    }

    /** The bare UUID, as logs and addresses spell it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
