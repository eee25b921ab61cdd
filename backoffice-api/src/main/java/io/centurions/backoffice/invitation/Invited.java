package io.centurions.backoffice.invitation;

import io.centurions.platform.problem.Problem;
import io.vertx.sqlclient.Row;
import java.util.UUID;

/**
 * The entry that an invitation was made for.
 *
 * @param subject who accepted it, or was here before; null: nobody yet
 * @param expired by the database's clock
 */
record Invited(UUID id, UUID company, String email, String role, String status, String subject, boolean expired) {

    /** Read with these by both lists. */
    static final String COLUMNS =
            "id, email, role, status, subject, invitation_expires_at <= clock_timestamp() AS expired";

    static Invited of(Row row, UUID company) {
        return new Invited(
                row.getUUID("id"),
                company,
                row.getString("email"),
                row.getString("role"),
                row.getString("status"),
                row.getString("subject"),
                Boolean.TRUE.equals(row.getBoolean("expired")));
    }

    /** The same person comes again with the token that they have used. */
    boolean acceptedBy(String bearer) {
        return status.equals("active") && bearer.equals(subject);
    }

    /** Refuses whoever may not accept it now. */
    void check(String verifiedEmail) {
        if (!status.equals("invited")) {
            throw unknown();
        }
        if (!email.equals(verifiedEmail)) {
            throw Problem.unprocessable("invitation-for-another", "the invitation was made for another e-mail address");
        }
        if (expired) {
            throw Problem.unprocessable("invitation-expired", "the invitation has expired, ask for a new one");
        }
    }

    Accepted accepted() {
        return new Accepted(id, company, role);
    }

    /** Never made, withdrawn, or accepted by somebody else. */
    static RuntimeException unknown() {
        return Problem.notFound("invitation");
    }
}
