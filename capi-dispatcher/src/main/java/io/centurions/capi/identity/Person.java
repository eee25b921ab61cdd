package io.centurions.capi.identity;

/**
 * Who somebody is; personal data that leaves only hashed. Each part is null where it is not known.
 *
 * @param name  full name, as it was written
 * @param phone with country code, in any spelling
 * @param email as it was written
 */
public record Person(String name, String phone, String email) {

    /** Shows nothing: a person must not end up in a log by accident. */
    @Override
    public String toString() {
        return "Person[not shown]";
    }
}
