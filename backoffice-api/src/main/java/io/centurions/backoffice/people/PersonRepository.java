package io.centurions.backoffice.people;

import io.centurions.backoffice.invitation.InvitationToken;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code core.company_users}. */
@ApplicationScoped
class PersonRepository {

    private static final String INSERT = """
            INSERT INTO core.company_users
                   (company_id, id, email, name, role, status, invitation_hash, invitation_expires_at)
            VALUES ($1, $2, $3, $4, $5, 'invited', $6, clock_timestamp() + $7::text::interval)
            ON CONFLICT (company_id, email) DO NOTHING
            """;

    private static final String CHANGE = """
            UPDATE core.company_users
               SET name = $3, role = $4, version = version + 1, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2
            """;

    private static final String DEACTIVATE = """
            UPDATE core.company_users
               SET status = 'inactive', invitation_hash = NULL, invitation_expires_at = NULL,
                   version = version + 1, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2
            """;

    // The subject stays: until the invitation is accepted, the person has no role here.
    private static final String INVITE_AGAIN = """
            UPDATE core.company_users
               SET status = 'invited', invitation_hash = $3, invitation_expires_at = clock_timestamp() + $4::text::interval,
                   version = version + 1, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2
            """;

    private static final String ONE =
            "SELECT " + PersonView.COLUMNS + " FROM core.company_users WHERE company_id = $1 AND id = $2";

    private static final String PAGE = """
            SELECT %s
              FROM core.company_users
             WHERE company_id = $1 AND ($2::uuid IS NULL OR id < $2::uuid) AND ($3::text IS NULL OR status = $3::text)
             ORDER BY id DESC
             LIMIT $4
            """.formatted(PersonView.COLUMNS);

    /** Whether there is a person with this address now who was not there before. */
    boolean insert(Tx tx, UUID id, NewPerson person, InvitationToken token) {
        return tx.execute(
                        INSERT,
                        tx.company().value(),
                        id,
                        person.email(),
                        person.name(),
                        person.role(),
                        token.hash(),
                        InvitationToken.VALID.toString())
                == 1;
    }

    void change(Tx tx, UUID id, PersonChange change) {
        tx.execute(CHANGE, tx.company().value(), id, change.name(), change.role());
    }

    void deactivate(Tx tx, UUID id) {
        tx.execute(DEACTIVATE, tx.company().value(), id);
    }

    void inviteAgain(Tx tx, UUID id, InvitationToken token) {
        tx.execute(INVITE_AGAIN, tx.company().value(), id, token.hash(), InvitationToken.VALID.toString());
    }

    Optional<PersonView> find(Tx tx, UUID id) {
        return tx.first(ONE, tx.company().value(), id).map(row -> view(tx, row));
    }

    /** Locked, so that of two changes that were made for one version the second is told. */
    Optional<PersonView> findForUpdate(Tx tx, UUID id) {
        return tx.first(ONE + " FOR UPDATE", tx.company().value(), id).map(row -> view(tx, row));
    }

    List<PersonView> page(Tx tx, UUID after, String status, int limit) {
        return tx.query(PAGE, tx.company().value(), after, status, limit).stream()
                .map(row -> view(tx, row))
                .toList();
    }

    private static PersonView view(Tx tx, Row row) {
        return PersonView.of(row, tx.company().value());
    }
}
