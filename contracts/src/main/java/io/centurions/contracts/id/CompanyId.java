package io.centurions.contracts.id;

import io.centurions.contracts.Check;
import io.centurions.contracts.Uuid7;
import java.util.UUID;

/**
 * A company of the holding: the tenant that every row, event and file belongs to.
 *
 * @param value the identifier as stored and as written on the wire
 */
public record CompanyId(UUID value) implements Id {

    public CompanyId {
        Check.present(value, "companyId");
    }

    public static CompanyId of(UUID value) {
        return new CompanyId(value);
    }

    /** Reads the canonical text form; anything else is an IllegalArgumentException. */
    public static CompanyId parse(String text) {
        return new CompanyId(UUID.fromString(text));
    }

    /** A new identifier, later than any that this process made before. */
    public static CompanyId random() {
        return new CompanyId(Uuid7.next());
    }

    /** The bare UUID, as logs and addresses spell it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
