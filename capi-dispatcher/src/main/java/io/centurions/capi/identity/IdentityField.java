package io.centurions.capi.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What identifies a person at Meta, and how each is normalised before it is hashed. The rules are those of Meta's page
 * on customer information parameters; Meta's own Java SDK departs from them (it keeps the plus sign of a phone), so it
 * is not used.
 */
public enum IdentityField {
    EM(IdentityField::lower),
    PH(IdentityField::phone),
    FN(IdentityField::lettersAndDigits),
    LN(IdentityField::lettersAndDigits),
    CT(IdentityField::lettersAndDigits),
    ST(IdentityField::lettersAndDigits),
    ZP(IdentityField::zip),
    COUNTRY(IdentityField::lower),
    GE(IdentityField::lower),
    DB(IdentityField::digits),
    EXTERNAL_ID(String::strip);

    private static final Pattern NOT_A_DIGIT = Pattern.compile("[^0-9]");
    private static final Pattern NOT_LETTER_OR_DIGIT = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]");
    private static final Pattern US_ZIP_PLUS_FOUR = Pattern.compile("[0-9]{5}-[0-9]{4}");
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+");

    private final UnaryOperator<String> rule;

    IdentityField(UnaryOperator<String> rule) {
        this.rule = rule;
    }

    /** The value as it is hashed; empty where nothing is left of it. */
    public Optional<String> normalise(String value) {
        return Optional.ofNullable(value).map(rule).filter(normalised -> !normalised.isEmpty());
    }

    /** SHA-256 of the normalised value, lower-case hex. */
    public Optional<String> hash(String value) {
        return normalise(value).map(IdentityField::sha256);
    }

    // Never the locale of the machine: Turkish would lower "I" to another letter, and the hash would not match.
    private static String lower(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }

    private static String lettersAndDigits(String value) {
        return NOT_LETTER_OR_DIGIT.matcher(lower(value)).replaceAll("");
    }

    private static String digits(String value) {
        return NOT_A_DIGIT.matcher(value).replaceAll("");
    }

    private static String phone(String value) {
        return LEADING_ZEROS.matcher(digits(value)).replaceFirst("");
    }

    private static String zip(String value) {
        String zip = lower(value);
        return US_ZIP_PLUS_FOUR.matcher(zip).matches() ? zip.substring(0, 5) : zip.replaceAll("[\\s-]", "");
    }

    private static String sha256(String value) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
