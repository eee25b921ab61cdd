package io.centurions.contracts.id;

import io.centurions.contracts.Check;
import io.centurions.contracts.Uuid7;
import java.util.UUID;

/**
 * A contract on its way to being signed.
 *
 * @param value the identifier as stored and as written on the wire
 */
public record ContractId(UUID value) implements Id {

    public ContractId {
        Check.present(value, "contractId");
    }

    public static ContractId of(UUID value) {
        return new ContractId(value);
    }

    /** Reads the canonical text form; anything else is an IllegalArgumentException. */
    public static ContractId parse(String text) {
        return new ContractId(UUID.fromString(text));
    }

    /** A new identifier, later than any that this process made before. */
    public static ContractId random() {
        return new ContractId(Uuid7.next());
    }

    /** The bare UUID, as logs and addresses spell it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
