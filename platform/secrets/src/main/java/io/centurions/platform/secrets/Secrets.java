package io.centurions.platform.secrets;

import io.centurions.contracts.id.CompanyId;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Seals a secret for storage and opens it for use. The company and the name are bound in (associated data): a
 * sealed text that is copied to another company's row, or to another name, does not open.
 */
@ApplicationScoped
public class Secrets {

    private final KeyRingSource keyRing;
    private final Vault vault;

    Secrets(@ConfigProperty(name = "centurions.secrets.keyring") Optional<String> keyring, Vault vault) {
        this.keyRing = new KeyRingSource(keyring);
        this.vault = vault;
    }

    /** The text to store. Differs each time, even for the same secret. */
    public String seal(CompanyId company, String name, String plaintext) {
        try {
            byte[] sealed =
                    keyRing.current().seal(plaintext.getBytes(StandardCharsets.UTF_8), associated(company, name));
            return Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("could not seal the secret " + name, e);
        }
    }

    /**
     * The secret itself; for the one who sends it to its provider, never for a log, an event or an answer.
     *
     * @throws IllegalStateException when it was sealed for another company or name, or by a key that is gone
     */
    public String open(CompanyId company, String name, String sealed) {
        try {
            byte[] plaintext = keyRing.current().open(Base64.getDecoder().decode(sealed), associated(company, name));
            return new String(plaintext, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("could not open the secret " + name, e);
        }
    }

    /**
     * How every text begins that the key which seals now has sealed: whatever begins otherwise is to be
     * sealed anew.
     */
    public String mark() {
        return keyRing.current().mark();
    }

    /** The installation's own, by {@code env:NAME} or {@code file:/path}. Empty when it is not there. */
    public Optional<String> resolve(String reference) {
        if (reference.startsWith("env:")) {
            return Optional.ofNullable(System.getenv(reference.substring(4))).filter(value -> !value.isBlank());
        }
        if (reference.startsWith("file:")) {
            Path path = Path.of(reference.substring(5));
            try {
                return Files.isReadable(path)
                        ? Optional.of(Files.readString(path).strip())
                        : Optional.empty();
            } catch (IOException e) {
                throw new IllegalStateException("could not read the secret file " + path, e);
            }
        }
        throw new IllegalArgumentException("a secret reference begins with env: or file:");
    }

    /**
     * A secret by reference, out of a company's configuration: as {@link #resolve(String)}, or in the
     * installation's vault, where a company reaches its own part and the shared one.
     *
     * @throws IllegalArgumentException when the reference is wrongly written or another company's
     * @throws SecretUnreadable         when the vault does not have it, does not allow it, or is away
     */
    public Optional<String> resolve(CompanyId company, String reference) {
        if (!VaultReference.isMeantBy(reference)) {
            return resolve(reference);
        }
        return Optional.of(vault.read(VaultReference.of(company, reference)
                .orElseThrow(() -> new IllegalArgumentException("this reference to the vault is not the company's"))));
    }

    private static byte[] associated(CompanyId company, String name) {
        return (company.value() + ":" + name).getBytes(StandardCharsets.UTF_8);
    }
}
