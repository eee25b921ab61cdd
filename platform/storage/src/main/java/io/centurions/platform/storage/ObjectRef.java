package io.centurions.platform.storage;

import io.centurions.contracts.id.CompanyId;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Where an object is: in its company's part of the storage, under an id that we gave. No word of a user's is
 * in it, so no name leads anywhere else.
 */
public record ObjectRef(CompanyId company, UUID id) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    public ObjectRef {
        Objects.requireNonNull(company, "company");
        Objects.requireNonNull(id, "id");
    }

    /** Which object a name below a company's part stands for; empty when it is none of ours. */
    public static Optional<UUID> id(String name) {
        return ID.matcher(name).matches() ? Optional.of(UUID.fromString(name)) : Optional.empty();
    }

    /** The same text for the same object, for ever: objects that exist are found by it. */
    public String key() {
        return company.value() + "/" + id;
    }
}
