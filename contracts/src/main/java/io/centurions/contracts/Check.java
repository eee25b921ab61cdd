package io.centurions.contracts;

import java.util.regex.Pattern;

/** What a record demands of its components; a breach is an IllegalArgumentException that names the component. */
public final class Check {

    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9_.:-]{0,63}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private Check() {}

    public static <T> T present(T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    public static long positive(long value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " counts from 1, was " + value);
        }
        return value;
    }

    public static long notNegative(long value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is never below 0, was " + value);
        }
        return value;
    }

    /** A machine-readable reason such as {@code no_budget}; free text never passes, because events carry none. */
    public static String code(String value, String name) {
        if (value == null || !CODE.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " is not a code of 1 to 64 characters a-z 0-9 _ . : -");
        }
        return value;
    }

    /** As {@link #code}, where the reason may be unknown. */
    public static String codeOrAbsent(String value, String name) {
        return value == null ? null : code(value, name);
    }

    /** ISO 4217, upper case. */
    public static String currency(String value, String name) {
        if (value == null || !CURRENCY.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " is not an ISO 4217 code of three capitals");
        }
        return value;
    }
}
