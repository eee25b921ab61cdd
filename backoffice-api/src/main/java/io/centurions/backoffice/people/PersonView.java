package io.centurions.backoffice.people;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Somebody who may work here.
 *
 * @param companyId           where; null: at the holding
 * @param subject             the issuer's id, as the audit trail names them; null until they have accepted
 * @param status              one of {@link #STATUSES}
 * @param invitationExpiresAt of the last invitation; null when it was withdrawn
 * @param version             what a change is made for
 */
public record PersonView(
        UUID id,
        UUID companyId,
        String subject,
        String email,
        String name,
        String role,
        String status,
        Instant invitationExpiresAt,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    /** What both lists of people have; the holding's has no company. */
    static final String COLUMNS =
            "id, subject, email, name, role, status, invitation_expires_at, version, created_at, updated_at";

    static final String STATUSES = "invited|active|inactive";

    static PersonView of(Row row, UUID companyId) {
        OffsetDateTime expires = row.getOffsetDateTime("invitation_expires_at");
        return new PersonView(
                row.getUUID("id"),
                companyId,
                row.getString("subject"),
                row.getString("email"),
                row.getString("name"),
                row.getString("role"),
                row.getString("status"),
                expires == null ? null : expires.toInstant(),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    boolean is(String other) {
        return status.equals(other);
    }
}
