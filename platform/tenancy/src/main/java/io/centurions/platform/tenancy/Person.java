package io.centurions.platform.tenancy;

import java.util.Objects;

/**
 * A person of the holding on whose behalf rows of several companies are read.
 *
 * @param subject the issuer's id of the person
 * @param role    the canonical role, already checked by the caller
 */
public record Person(String subject, String role) {

    public Person {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(role, "role");
    }
}
