package io.centurions.backoffice.people;

import io.centurions.backoffice.audit.HoldingAudit;
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

    InvitedPerson invite(NewHoldingPerson ask) {
        UUID id = Uuid7.next();
        InvitationToken token = InvitationToken.random();
        String ended = audit.writeIf(
                "person.invite",
                id,
                new KeptPerson(ask.role(), "invited", 1),
                INVITE,
                DONE,
                List.of(id, ask.email(), ask.name(), ask.role(), token.hash(), InvitationToken.VALID.toString()));
        switch (ended) {
            case DONE -> known.forget();
            case "exists" ->
                throw Problem.conflict("person-exists", "the holding has a person with this e-mail address");
            default -> throw refused(ended);
        }
        return new InvitedPerson(read(id), token.value());
    }

    PersonView change(UUID id, IfMatch version, HoldingPersonChange change) {
        var before = read(id);
        version.check(before.version());
        if (!before.role().equals(change.role())) {
            refuseOwn(before);
        }
        var after = new KeptPerson(change.role(), before.status(), before.version() + 1);
        return kept(
                "person.change", before, after, CHANGE, List.of(id, before.version(), change.name(), change.role()));
    }

    /** Repeated, it changes nothing. */
    PersonView deactivate(UUID id) {
        var before = read(id);
        refuseOwn(before);
        if (before.is("inactive")) {
            return before;
        }
        var after = new KeptPerson(before.role(), "inactive", before.version() + 1);
        return kept("person.deactivate", before, after, DEACTIVATE, List.of(id, before.version()));
    }

    /**
     * A new token for somebody who lost theirs, or who was deactivated and comes back; the old one is void.
     */
    InvitedPerson inviteAgain(UUID id) {
        var before = read(id);
        if (before.is("active")) {
            throw Problem.conflict("person-active", "an active person needs no invitation");
        }
        InvitationToken token = InvitationToken.random();
        var after = new KeptPerson(before.role(), "invited", before.version() + 1);
        var person = kept(
                "person.invite",
                before,
                after,
                RENEW,
                List.of(id, before.version(), token.hash(), InvitationToken.VALID.toString()));
        return new InvitedPerson(person, token.value());
    }

    PersonView read(UUID id) {
        return find(id).orElseThrow(() -> Problem.notFound("person"));
    }

    List<PersonView> page(UUID after, String status, int limit) {
        return database.call(PAGE, after, status, limit).stream()
                .map(row -> PersonView.of(row, null))
                .toList();
    }

    private PersonView kept(String action, PersonView before, KeptPerson after, String call, List<Object> arguments) {
        String ended = audit.writeIf(action, before.id(), after, call, DONE, arguments);
        switch (ended) {
            case DONE -> known.forget();
            case "stale" ->
                throw Problem.preconditionFailed("version-stale", "it was changed meanwhile, read it again");
            default -> throw refused(ended);
        }
        return read(before.id());
    }

    private static RuntimeException refused(String outcome) {
        if (!outcome.equals("not-allowed")) {
            throw new IllegalStateException("a function of core.holding_people answered " + outcome);
        }
        return Problem.forbidden("you own the holding no longer");
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
