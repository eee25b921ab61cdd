package io.centurions.backoffice.people;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.security.Caller;
import io.centurions.backoffice.security.KnownPeople;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Changes what a person of a company may do. Nobody changes their own role or ends their own access. */
@ApplicationScoped
class ChangePerson {

    private final PersonRepository people;
    private final AuditLog audit;
    private final Caller caller;
    private final KnownPeople known;

    ChangePerson(PersonRepository people, AuditLog audit, Caller caller, KnownPeople known) {
        this.people = people;
        this.audit = audit;
        this.caller = caller;
        this.known = known;
    }

    PersonView change(Tx tx, UUID id, IfMatch version, PersonChange change) {
        var before = found(tx, id);
        version.check(before.version());
        if (!before.role().equals(change.role())) {
            refuseOwn(before);
        }
        people.change(tx, id, change);
        return kept(tx, "person.change", before);
    }

    /** Repeated, it changes nothing. */
    PersonView deactivate(Tx tx, UUID id) {
        var before = found(tx, id);
        refuseOwn(before);
        if (before.is("inactive")) {
            return before;
        }
        people.deactivate(tx, id);
        return kept(tx, "person.deactivate", before);
    }

    private PersonView found(Tx tx, UUID id) {
        return people.findForUpdate(tx, id).orElseThrow(() -> Problem.notFound("person"));
    }

    private void refuseOwn(PersonView person) {
        if (caller.subject().equals(person.subject())) {
            throw ownAccess();
        }
    }

    private PersonView kept(Tx tx, String action, PersonView before) {
        var after = people.find(tx, before.id()).orElseThrow();
        audit.write(tx, action, before.id(), KeptPerson.of(before), KeptPerson.of(after));
        tx.afterCommit(known::forget);
        return after;
    }

    /** Otherwise the last who can mend something could lock themselves out. */
    static RuntimeException ownAccess() {
        return Problem.conflict("own-access", "your own role and access are changed by somebody else");
    }
}
