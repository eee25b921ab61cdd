package io.centurions.backoffice.people;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.invitation.InvitationToken;
import io.centurions.backoffice.security.KnownPeople;
import io.centurions.backoffice.usage.TakePlace;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Makes the entry of a person who may come in, with the token for it. The invitation is handed over by
 * whoever invites.
 */
@ApplicationScoped
class InvitePerson {

    private final PersonRepository people;
    private final Once once;
    private final AuditLog audit;
    private final KnownPeople known;
    private final TakePlace places;

    InvitePerson(PersonRepository people, Once once, AuditLog audit, KnownPeople known, TakePlace places) {
        this.people = people;
        this.once = once;
        this.audit = audit;
        this.known = known;
        this.places = places;
    }

    /** A repeat with the same key finds the first one's person; its token cannot be told again. */
    InvitedPerson invite(Tx tx, String key, NewPerson ask) {
        var claim = once.claim(tx, "person.invite", key, ask);
        if (!claim.fresh()) {
            return new InvitedPerson(people.find(tx, claim.id()).orElseThrow(), null);
        }
        places.forPerson(tx);
        InvitationToken token = InvitationToken.random();
        if (!people.insert(tx, claim.id(), ask, token)) {
            throw Problem.conflict("person-exists", "this company has a person with this e-mail address");
        }
        var person = people.find(tx, claim.id()).orElseThrow();
        audit.write(tx, "person.invite", claim.id(), null, KeptPerson.of(person));
        // Whoever was deactivated elsewhere may accept from now on.
        tx.afterCommit(known::forget);
        return new InvitedPerson(person, token.value());
    }

    /**
     * A new token for somebody who lost theirs, or who was deactivated and comes back; the old one is void.
     */
    InvitedPerson inviteAgain(Tx tx, UUID id) {
        var before = people.findForUpdate(tx, id).orElseThrow(() -> Problem.notFound("person"));
        if (before.is("active")) {
            throw Problem.conflict("person-active", "an active person needs no invitation");
        }
        if (before.is("inactive")) {
            places.forPerson(tx);
        }
        InvitationToken token = InvitationToken.random();
        people.inviteAgain(tx, id, token);
        var after = people.find(tx, id).orElseThrow();
        audit.write(tx, "person.invite", id, KeptPerson.of(before), KeptPerson.of(after));
        tx.afterCommit(known::forget);
        return new InvitedPerson(after, token.value());
    }
}
