package io.centurions.backoffice.security;

import io.centurions.backoffice.security.KnownPerson.State;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the bearer of a token may be here. The token says it; where our own list knows the person, the list
 * has the last word, so that a changed role or a deactivation need not wait for the issuer.
 *
 * @param role    the one role that counts; null: none, everything that asks for one is refused
 * @param company the company of somebody who is not the holding's; null: none
 * @param holding works for the holding: every company is theirs to see
 */
record Standing(Claims claims, String role, UUID company, boolean holding) {

    /** Where it stands in the identity of a request. */
    static final String ATTRIBUTE = "centurions.standing";

    /**
     * Empty when the person was deactivated and must be refused.
     *
     * @param listed every entry of the person in our lists
     */
    static Optional<Standing> of(Claims claims, List<KnownPerson> listed) {
        // An invitation that nobody has accepted decides nothing but that its bearer may come and accept it.
        boolean awaited = any(listed, State.AWAITED);
        List<KnownPerson> known =
                listed.stream().filter(person -> !person.is(State.AWAITED)).toList();
        List<KnownPerson> holding =
                known.stream().filter(person -> person.company() == null).toList();
        if (any(holding, State.INACTIVE)) {
            return Optional.empty();
        }
        if (claims.role() != null && Roles.HOLDING.contains(claims.role())) {
            return Optional.of(ofTheHolding(claims, holding));
        }
        if (claims.company() != null) {
            return ofCompany(claims, known);
        }
        return active(holding)
                .map(person -> new Standing(claims, person.role(), null, true))
                .or(() -> byTheListAlone(claims, known, awaited));
    }

    private static Standing ofTheHolding(Claims claims, List<KnownPerson> holding) {
        if (holding.isEmpty()) {
            return new Standing(claims, claims.role(), null, true);
        }
        return active(holding)
                .map(person -> new Standing(claims, person.role(), null, true))
                .orElseGet(() -> nobody(claims));
    }

    private static Optional<Standing> ofCompany(Claims claims, List<KnownPerson> known) {
        List<KnownPerson> there = known.stream()
                .filter(person -> claims.company().equals(person.company()))
                .toList();
        if (any(there, State.INACTIVE)) {
            return Optional.empty();
        }
        if (there.isEmpty()) {
            return Optional.of(new Standing(claims, claims.role(), claims.company(), false));
        }
        return Optional.of(
                active(there).map(person -> ofTheirCompany(claims, person)).orElseGet(() -> nobody(claims)));
    }

    // The issuer knows neither company nor role of the holding: who accepted one invitation is who it
    // made them. Any company can invite and deactivate any address, so that alone keeps nobody from
    // another's invitation.
    private static Optional<Standing> byTheListAlone(Claims claims, List<KnownPerson> known, boolean awaited) {
        List<KnownPerson> active =
                known.stream().filter(person -> person.is(State.ACTIVE)).toList();
        if (active.isEmpty() && any(known, State.INACTIVE)) {
            return awaited ? Optional.of(nobody(claims)) : Optional.empty();
        }
        if (active.isEmpty()) {
            // A role of a company without the company: it opens nothing, and no company is found.
            return Optional.of(new Standing(claims, claims.role(), null, false));
        }
        return Optional.of(active.size() == 1 ? ofTheirCompany(claims, active.getFirst()) : nobody(claims));
    }

    // Whatever a company's list says, it never makes somebody the holding's.
    private static Standing ofTheirCompany(Claims claims, KnownPerson person) {
        return Roles.COMPANY.contains(person.role())
                ? new Standing(claims, person.role(), person.company(), false)
                : nobody(claims);
    }

    private static Standing nobody(Claims claims) {
        return new Standing(claims, null, null, false);
    }

    private static boolean any(List<KnownPerson> people, State state) {
        return people.stream().anyMatch(person -> person.is(state));
    }

    private static Optional<KnownPerson> active(List<KnownPerson> people) {
        return people.stream().filter(person -> person.is(State.ACTIVE)).findFirst();
    }
}
