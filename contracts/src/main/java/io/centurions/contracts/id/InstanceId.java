package io.centurions.contracts.id;

import io.centurions.contracts.Check;
import io.centurions.contracts.Uuid7;
import java.util.UUID;

/**
 * One connected number, account or bot of a company.
 *
 * @param value the identifier as stored and as written on the wire
 */
public record InstanceId(UUID value) implements Id {

    public InstanceId {
        Check.present(value, "instanceId");
    }

    public static InstanceId of(UUID value) {
        return new InstanceId(value);
    }

    /** Reads the canonical text form; anything else is an IllegalArgumentException. */
    public static InstanceId parse(String text) {
        return new InstanceId(UUID.fromString(text));
    }

    /** A new identifier, later than any that this process made before. */
    public static InstanceId random() {
        return new InstanceId(Uuid7.next());
    }

    /** The bare UUID, as logs and addresses spell it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
