package io.centurions.backoffice.people;

import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.backoffice.audit.HoldingAudit.Act;
import io.centurions.backoffice.audit.HoldingAudit.Ended;
import io.centurions.backoffice.idempotency.Done;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.invitation.InvitationToken;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.security.Caller;
import io.centurions.backoffice.security.KnownPeople;
import io.centurions.contracts.Uuid7;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * People of the holding: rows of {@code core.holding_people}, which no company owns. Each change is one
 * statement with its audit row; it says which version it was decided on, and is refused to somebody who has
 * ceased to own the holding while this replica still remembers them as its owner.
 */
@ApplicationScoped
class HoldingPeople {

    private static final String DONE = "done";
    // Each begins with who asks, which is the audit row's first parameter.
    private static final String INVITE =
            "core.invite_holding_person_v2($1, $9, $10, $11, $12, $13, $14::text::interval)";
    private static final String CHANGE = "core.change_holding_person_v2($1, $9, $10, $11, $12)";
    private static final String DEACTIVATE = "core.deactivate_holding_person_v2($1, $9, $10)";
    private static final String RENEW = "core.renew_holding_invitation_v2($1, $9, $10, $11, $12::text::interval)";

    private static final String ONE = "SELECT " + PersonView.COLUMNS + " FROM core.holding_people WHERE id = $1";

    private static final String PAGE = """
            SELECT %s
              FROM core.holding_people
             WHERE ($1::uuid IS NULL OR id < $1::uuid) AND ($2::text IS NULL OR status = $2::text)
             ORDER BY id DESC
             LIMIT $3
            """.formatted(PersonView.COLUMNS);

    private final Database database;
    private final HoldingAudit audit;
    private final Caller caller;
    private final KnownPeople known;

    HoldingPeople(Database database, HoldingAudit audit, Caller caller, KnownPeople known) {
        this.database = database;
        this.audit = audit;
        this.caller = caller;
        this.known = known;
    }

    /** A repeat with the same key finds the first one's person; its token cannot be told again. */
    Done<InvitedPerson> invite(Keyed keyed, NewHoldingPerson ask) {
        UUID id = Uuid7.next();
        InvitationToken token = InvitationToken.random();
        var act = Act.of(keyed, id, new KeptPerson(ask.role(), "invited", 1));
        return switch (audit.once(
                act,
                INVITE,
                DONE,
                List.of(id, ask.email(), ask.name(), ask.role(), token.hash(), InvitationToken.VALID.toString()))) {
            case Ended.Repeated before -> new Done<>(new InvitedPerson(read(before.target()), null), false);
            case Ended.Answered(String outcome) -> {
                changed(outcome);
                yield new Done<>(new InvitedPerson(read(id), token.value()), true);
            }
        };
    }

    PersonView change(UUID id, IfMatch version, HoldingPersonChange change) {
        var before = read(id);
        version.check(before.version());
        if (!before.role().equals(change.role())) {
            refuseOwn(before);
        }
        var after = new KeptPerson(change.role(), before.status(), before.version() + 1);
        changed(audit.writeIf(
                Act.of("person.change", id, KeptPerson.of(before), after),
                CHANGE,
                DONE,
                List.of(id, before.version(), change.name(), change.role())));
        return read(id);
    }

    /** Repeated, it changes nothing. */
    Done<PersonView> deactivate(Keyed keyed, UUID id) {
        var before = read(id);
        if (audit.first(keyed).isPresent()) {
            return new Done<>(before, false);
        }
        refuseOwn(before);
        if (before.is("inactive")) {
            // Its key too: repeated late, it must not end what an invitation in between has begun.
            if (Once.isKey(keyed.key())) {
                audit.keep(Act.of(keyed, id, KeptPerson.of(before), KeptPerson.of(before)));
            }
            return new Done<>(before, true);
        }
        var act = Act.of(
                keyed, id, KeptPerson.of(before), new KeptPerson(before.role(), "inactive", before.version() + 1));
        boolean fresh = isChanged(audit.once(act, DEACTIVATE, DONE, List.of(id, before.version())));
        return new Done<>(read(id), fresh);
    }

    /**
     * A new token for somebody who lost theirs, or who was deactivated and comes back; the old one is void.
     */
    Done<InvitedPerson> inviteAgain(Keyed keyed, UUID id) {
        var before = read(id);
        if (audit.first(keyed).isPresent()) {
            return new Done<>(new InvitedPerson(before, null), false);
        }
        if (before.is("active")) {
            throw Problem.conflict("person-active", "an active person needs no invitation");
        }
        InvitationToken token = InvitationToken.random();
        var act = Act.of(
                keyed, id, KeptPerson.of(before), new KeptPerson(before.role(), "invited", before.version() + 1));
        List<Object> arguments = List.of(id, before.version(), token.hash(), InvitationToken.VALID.toString());
        boolean fresh = isChanged(audit.once(act, RENEW, DONE, arguments));
        return new Done<>(new InvitedPerson(read(id), fresh ? token.value() : null), fresh);
    }

    PersonView read(UUID id) {
        return find(id).orElseThrow(() -> Problem.notFound("person"));
    }

    List<PersonView> page(UUID after, String status, int limit) {
        return database.call(PAGE, after, status, limit).stream()
                .map(row -> PersonView.of(row, null))
                .toList();
    }

    /** False: the same request had changed it before. */
    private boolean isChanged(Ended ended) {
        if (ended instanceof Ended.Answered(String outcome)) {
            changed(outcome);
            return true;
        }
        return false;
    }

    private void changed(String outcome) {
        switch (outcome) {
            case DONE -> known.forget();
            case "exists" ->
                throw Problem.conflict("person-exists", "the holding has a person with this e-mail address");
            case "stale" ->
                throw Problem.preconditionFailed("version-stale", "it was changed meanwhile, read it again");
            case "not-allowed" -> throw Problem.forbidden("you own the holding no longer");
            default -> throw new IllegalStateException("a function of core.holding_people answered " + outcome);
        }
    }

    private Optional<PersonView> find(UUID id) {
        return database.call(ONE, id).stream()
                .map(row -> PersonView.of(row, null))
                .findFirst();
    }

    private void refuseOwn(PersonView person) {
        if (caller.subject().equals(person.subject())) {
            throw ChangePerson.ownAccess();
        }
    }
}
