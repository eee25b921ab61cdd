package io.centurions.backoffice.isolation;

import io.centurions.platform.secrets.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Opens what was sealed for the other, as a sealed text copied into the own row would be. */
@ApplicationScoped
class OpenSecret implements Attack {

    private static final String NAME = "canary";

    private final Secrets secrets;

    OpenSecret(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "secret";
    }

    @Override
    public List<String> attempt(Canary attacker, Canary victim) {
        String sealed = secrets.seal(victim.company(), NAME, victim.word());
        try {
            secrets.open(attacker.company(), NAME, sealed);
            return List.of("a sealed secret");
        } catch (IllegalStateException closed) {
            return List.of();
        }
    }
}
