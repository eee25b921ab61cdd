package io.centurions.backoffice.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as its owner holds it: {@code ck_}, which row it is, and 256 random bits. The row's random half comes
 * first, so that keys made in the same minute begin differently.
 *
 * @param id   of its row
 * @param text the whole of it, as it is sent
 */
public record ApiKey(UUID id, String text) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;
    private static final int PREFIX_LETTERS = 11;
    private static final Pattern TEXT = Pattern.compile("ck_([0-9a-f]{16})([0-9a-f]{16})_[A-Za-z0-9_-]{43}");

    /** A new key of a row. */
    public static ApiKey of(UUID id) {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        HexFormat hex = HexFormat.of();
        String text =
                "ck_" + hex.toHexDigits(id.getLeastSignificantBits()) + hex.toHexDigits(id.getMostSignificantBits())
                        + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        return new ApiKey(id, text);
    }

    /** Empty for what is no key of ours. */
    static Optional<ApiKey> read(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        UUID id = new UUID(Long.parseUnsignedLong(matcher.group(2), 16), Long.parseUnsignedLong(matcher.group(1), 16));
        return Optional.of(new ApiKey(id, text));
    }

    /** How it begins: tells keys apart, and opens nothing. */
    public String prefix() {
        return text.substring(0, PREFIX_LETTERS);
    }

    /** What is kept of it. Enough as it is: nobody guesses 256 bits, so there is nothing to slow down. */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Without the key: it must not reach a log by way of a message. */
    @Override
    public String toString() {
        return "ApiKey[" + prefix() + "]";
    }
}
