package io.centurions.platform.secrets;

import io.centurions.contracts.id.CompanyId;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Which address and which key a company's configuration may name for its model: one rule for whoever publishes a
 * configuration and whoever obeys it. A fault is words for people, and never a key.
 */
public final class ModelRules {

    private static final String ENV = "env:";

    private final AllowedModels allowed;
    private final TypedAddresses addresses;

    /** @param own the installation's own addresses, which a company may type as well */
    public ModelRules(AllowedModels allowed, URI... own) {
        this.allowed = allowed;
        this.addresses = new TypedAddresses(allowed.allowedHosts().orElse(Set.of()), own);
    }

    /** What is wrong with a typed address by its text alone: where its name leads is not looked up. */
    public Optional<String> addressFault(String typed) {
        return addresses.fault(typed);
    }

    /** The same, and whether its name leads near us now; waits for who knows names. */
    public Optional<String> addressFaultNow(String typed) {
        return addresses.faultNow(typed);
    }

    /**
     * What is wrong with a reference to a key. To an address that a company typed goes no key but those that the
     * installation set apart for that: whoever types one could have anything else of the vault sent there too.
     *
     * @param typed whether the company typed the address to which the key goes
     */
    public Optional<String> keyFault(CompanyId company, String reference, boolean typed) {
        if (VaultReference.isMeantBy(reference)) {
            return vaultFault(company, reference, typed);
        }
        Set<String> names = typed ? allowed.keyNamesForTypedAddresses().orElse(Set.of()) : allowed.keyNames();
        if (reference.startsWith(ENV) && names.contains(reference.substring(ENV.length()))) {
            return Optional.empty();
        }
        return Optional.of(
                typed
                        ? "the installation lets no key of this name go to an address that was typed"
                        : "the installation allows no key of this name");
    }

    private static Optional<String> vaultFault(CompanyId company, String reference, boolean typed) {
        boolean own = VaultReference.of(company, reference)
                .filter(where -> !where.shared())
                .isPresent();
        if (!own) {
            return Optional.of("a reference to a key in the vault begins with vault:companies/" + company);
        }
        return typed ? Optional.of("a key in the vault does not go to an address that was typed") : Optional.empty();
    }
}
