package io.centurions.platform.secrets;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

/**
 * The keys that seal secrets: AES-256-GCM, one primary that seals, older ones that still open. As text it
 * is the base64 of a Tink keyset; it comes from the environment or a file and is never stored with what
 * it protects.
 *
 * <p>A key is changed in three steps, with all replicas having read the ring in between: {@link
 * #withNewKey}, which only opens as yet; {@link #sealingWithNewest}; and, once everything is sealed anew,
 * {@link #withoutOlderKeys}.
 */
public final class KeyRing {

    // What Tink puts in front of everything that a key seals: a one, and the key's number. Six letters hold
    // 28 of its bits.
    private static final byte TINK_PREFIX = 1;
    private static final int MARK_LETTERS = 6;

    static {
        try {
            AeadConfig.register();
        } catch (GeneralSecurityException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Aead aead;
    private final String mark;

    private KeyRing(Aead aead, String mark) {
        this.aead = aead;
        this.mark = mark;
    }

    /** A new ring of one key, as text. Whoever loses it loses every sealed secret. */
    public static String generate() {
        try {
            return write(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("could not make a key ring", e);
        }
    }

    /** The ring with one key more, which opens and does not seal yet. */
    public static String withNewKey(String ring) {
        try {
            KeysetHandle keys = read(ring);
            KeysetHandle more;
            do {
                more = KeysetHandle.newBuilder(keys)
                        .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                                .withRandomId())
                        .build();
            } while (!distinct(more));
            return write(more);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("could not add a key to the key ring", e);
        }
    }

    /** The ring with its newest key as the one that seals. */
    public static String sealingWithNewest(String ring) {
        try {
            KeysetHandle.Builder builder = KeysetHandle.newBuilder(read(ring));
            builder.getAt(builder.size() - 1).makePrimary();
            return write(builder.build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("could not choose another key of the key ring", e);
        }
    }

    /** The ring with the key that seals alone: what others have sealed opens no more. */
    public static String withoutOlderKeys(String ring) {
        try {
            KeysetHandle.Builder builder = KeysetHandle.newBuilder(read(ring));
            for (int index = builder.size() - 1; index >= 0; index--) {
                if (!builder.getAt(index).isPrimary()) {
                    builder.deleteAt(index);
                }
            }
            return write(builder.build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("could not take keys off the key ring", e);
        }
    }

    /**
     * @throws IllegalArgumentException when the text is no key ring; the message does not quote it
     */
    static KeyRing parse(String text) {
        try {
            KeysetHandle keys = read(text);
            return new KeyRing(
                    keys.getPrimitive(RegistryConfiguration.get(), Aead.class),
                    mark(keys.getPrimary().getId()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("SECRETS_KEYRING is not a key ring (base64 of a Tink keyset)", e);
        }
    }

    byte[] seal(byte[] plaintext, byte[] associated) throws GeneralSecurityException {
        return aead.encrypt(plaintext, associated);
    }

    byte[] open(byte[] sealed, byte[] associated) throws GeneralSecurityException {
        return aead.decrypt(sealed, associated);
    }

    /**
     * How every text begins, in base64, that the primary key has sealed; no two keys of a ring have the same.
     */
    String mark() {
        return mark;
    }

    private static boolean distinct(KeysetHandle keys) {
        Set<String> marks = new HashSet<>();
        for (int index = 0; index < keys.size(); index++) {
            if (!marks.add(mark(keys.getAt(index).getId()))) {
                return false;
            }
        }
        return true;
    }

    private static String mark(int keyId) {
        byte[] prefix = ByteBuffer.allocate(1 + Integer.BYTES)
                .put(TINK_PREFIX)
                .putInt(keyId)
                .array();
        return Base64.getEncoder().encodeToString(prefix).substring(0, MARK_LETTERS);
    }

    private static KeysetHandle read(String text) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.parseKeyset(
                Base64.getDecoder().decode(text.strip()), InsecureSecretKeyAccess.get());
    }

    private static String write(KeysetHandle keys) throws GeneralSecurityException {
        return Base64.getEncoder()
                .encodeToString(TinkProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get()));
    }
}
