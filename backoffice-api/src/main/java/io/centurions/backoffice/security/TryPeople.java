package io.centurions.backoffice.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Looks at what is remembered of whoever comes with a token, without one: for the probe that tries whether
 * somebody is taken for somebody else. Nobody else has a use for it; it lets nobody in.
 */
@ApplicationScoped
public class TryPeople {

    private final KnownPeople people;

    TryPeople(KnownPeople people) {
        this.people = people;
    }

    /** The companies where the bearer is known, as a request of theirs would find it: remembered, or looked up. */
    public List<UUID> companiesOf(String subject, String email) {
        Claims claims = new Claims(subject, null, null, List.of(), email, false);
        return people.remembered(claims).orElseGet(() -> people.lookUp(claims)).stream()
                .map(KnownPerson::company)
                .filter(Objects::nonNull)
                .toList();
    }
}
