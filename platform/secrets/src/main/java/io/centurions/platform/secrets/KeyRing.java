package io.centurions.platform.secrets;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * The keys that seal secrets: AES-256-GCM, one primary that seals, older ones that still open. As text it is the base64
 * of a Tink keyset; it comes from the environment or a file and is never stored with what it protects.
 */
public final class KeyRing {

    static {
        try {
            AeadConfig.register();
        } catch (GeneralSecurityException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Aead aead;

    private KeyRing(Aead aead) {
        this.aead = aead;
    }

    /** A new ring of one key, as text. Whoever loses it loses every sealed secret. */
    public static String generate() {
        try {
            KeysetHandle keys = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            return Base64.getEncoder()
                    .encodeToString(TinkProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("could not make a key ring", e);
        }
    }

    /**
     * @throws IllegalArgumentException when the text is no key ring; the message does not quote it
     */
    static KeyRing parse(String text) {
        try {
            KeysetHandle keys = TinkProtoKeysetFormat.parseKeyset(
                    Base64.getDecoder().decode(text.strip()), InsecureSecretKeyAccess.get());
            return new KeyRing(keys.getPrimitive(RegistryConfiguration.get(), Aead.class));
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
}
