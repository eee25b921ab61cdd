package io.centurions.backoffice.invitation;

import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.backoffice.audit.HoldingAudit.Act;
import io.centurions.backoffice.audit.HoldingAudit.Ended;
import io.centurions.backoffice.idempotency.Done;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.security.Caller;
import io.centurions.backoffice.security.KnownPeople;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes somebody a person of the holding, in one statement with the trace. */
@ApplicationScoped
class AcceptAtHolding {

    private static final String INVITED =
            "SELECT " + Invited.COLUMNS + " FROM core.holding_people WHERE id = $1 AND invitation_hash = $2";

    private static final String ACCEPT = "core.accept_holding_invitation_v1($9, $10, $11)";

    private final Database database;
    private final HoldingAudit audit;
    private final Caller caller;
    private final KnownPeople people;

    AcceptAtHolding(Database database, HoldingAudit audit, Caller caller, KnownPeople people) {
        this.database = database;
        this.audit = audit;
        this.caller = caller;
        this.people = people;
    }

    Done<Accepted> accept(UUID id, AcceptInvitation.Brought brought, Keyed keyed) {
        Invited invited = database.call(INVITED, id, brought.token().hash()).stream()
                .map(row -> Invited.of(row, null))
                .findFirst()
                .orElseThrow(Invited::unknown);
        boolean fresh = audit.first(keyed).isEmpty();
        if (!invited.acceptedBy(caller.subject())) {
            invited.check(brought.email());
            accept(invited, brought.token(), keyed);
        }
        return new Done<>(invited.accepted(), fresh);
    }

    private void accept(Invited invited, InvitationToken token, Keyed keyed) {
        var act = Act.of(keyed, invited.id(), Map.of("role", invited.role(), "status", "active"));
        var ended = audit.once(act, ACCEPT, "done", List.of(invited.id(), token.hash(), caller.subject()));
        if (ended instanceof Ended.Answered(String outcome) && !outcome.equals("done")) {
            throw Invited.unknown();
        }
        people.forget();
    }
}
