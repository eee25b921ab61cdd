package io.centurions.capi.mapping;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.Id;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The id by which Meta knows a conversion: the same for the same fact, so that a repeat is dropped there. */
public final class EventKey {

    private EventKey() {}

    /**
     * UUID version 5 (RFC 9562) with the company as its namespace.
     *
     * @param subject the deal of a purchase, else the lead
     * @param name    the name under which Meta is told
     */
    public static UUID of(CompanyId company, Id subject, String name) {
        MessageDigest sha1 = sha1();
        sha1.update(bytes(company.value()));
        sha1.update((subject.value() + ":" + name).getBytes(StandardCharsets.UTF_8));
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest());
        long high = hash.getLong() & ~0xF000L | 0x5000L;
        long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static byte[] bytes(UUID uuid) {
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
