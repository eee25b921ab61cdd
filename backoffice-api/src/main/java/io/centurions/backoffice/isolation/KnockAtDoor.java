package io.centurions.backoffice.isolation;

import io.centurions.backoffice.security.TryDoor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Asks to be let into the other's rows as every request of the API does, as an administrator of the
 * own company.
 */
@ApplicationScoped
class KnockAtDoor implements Attack {

    private final TryDoor door;

    KnockAtDoor(TryDoor door) {
        this.door = door;
    }

    @Override
    public String name() {
        return "api";
    }

    @Override
    public List<String> attempt(Canary attacker, Canary victim) {
        boolean open = door.lets(attacker.company().value(), victim.company().value());
        return open ? List.of("the door of the API") : List.of();
    }
}
