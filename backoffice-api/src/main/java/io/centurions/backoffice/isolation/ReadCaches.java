package io.centurions.backoffice.isolation;

import io.centurions.backoffice.security.TryPeople;
import io.centurions.platform.secrets.SecretUnreadable;
import io.centurions.platform.secrets.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks what this process remembers, after the other has asked: for a person of the own company who comes with
 * the other's address, and for a secret in the other's part of the vault.
 */
@ApplicationScoped
class ReadCaches implements Attack {

    private final TryPeople people;
    private final Secrets secrets;

    ReadCaches(TryPeople people, Secrets secrets) {
        this.people = people;
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public List<String> attempt(Canary attacker, Canary victim) {
        List<String> got = new ArrayList<>();
        people.companiesOf(victim.slug(), victim.email());
        // The first who asks fills, the second reads what is remembered.
        boolean taken = false;
        for (String email : List.of(victim.email(), attacker.email(), victim.email(), attacker.email())) {
            taken |= people.companiesOf(attacker.slug(), email)
                    .contains(victim.company().value());
        }
        if (taken) {
            got.add("what is remembered of the other's person");
        }
        if (opensVault(attacker, victim)) {
            got.add("the other's part of the vault");
        }
        return got;
    }

    // Refused before the vault or what is remembered of it is asked: whether it is there is no matter.
    private boolean opensVault(Canary attacker, Canary victim) {
        String reference = "vault:companies/" + victim.company().value() + "/canary#word";
        try {
            secrets.resolve(attacker.company(), reference);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        } catch (SecretUnreadable asked) {
            return true;
        }
    }
}
