package io.centurions.capi.identity;

import java.util.List;

/**
 * A person as Meta may match them: SHA-256 of normalised values, an empty list for what is not known.
 *
 * @param em         e-mail
 * @param ph         phone
 * @param fn         first name
 * @param ln         last name
 * @param externalId our own id of the person
 */
public record HashedPerson(
        List<String> em, List<String> ph, List<String> fn, List<String> ln, List<String> externalId) {

    /** @param ownId our id of the person, the same in every event */
    public static HashedPerson of(Person person, String ownId) {
        String[] words =
                person.name() == null ? new String[0] : person.name().strip().split("\\s+");
        String first = words.length == 0 ? null : words[0];
        String last = words.length < 2 ? null : words[words.length - 1];
        return new HashedPerson(
                hashed(IdentityField.EM, person.email()),
                hashed(IdentityField.PH, person.phone()),
                hashed(IdentityField.FN, first),
                hashed(IdentityField.LN, last),
                hashed(IdentityField.EXTERNAL_ID, ownId));
    }

    private static List<String> hashed(IdentityField field, String value) {
        return field.hash(value).map(List::of).orElse(List.of());
    }
}
