package io.centurions.backoffice.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.Roles;
import io.centurions.platform.tenancy.Database;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.sqlclient.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The audit trail of what no company owns, newest first. */
@Path("/v1/audit")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class HoldingAuditResource {

    private static final String PAGE = """
            SELECT id, actor, actor_role, action, target, before::text AS before, after::text AS after, at, request_id, address
              FROM core.holding_audit
             WHERE ($1::uuid IS NULL OR id < $1::uuid) AND
            %s
             ORDER BY id DESC
             LIMIT $2
            """;

    private final Database database;

    HoldingAuditResource(Database database) {
        this.database = database;
    }

    @GET
    public Page<ActView> list(@Valid @BeanParam PageAsk ask, @Valid @BeanParam AuditFilter filter) {
        var found = database.call(PAGE.formatted(filter.where()), filter.values(ask.after(), ask.fetch())).stream()
                .map(ActView::of)
                .toList();
        return Page.of(found, ask, ActView::id);
    }

    /** One act, by a person who is named by the issuer's id only. */
    public record ActView(
            UUID id,
            String actor,
            String actorRole,
            String action,
            UUID target,
            @JsonRawValue @Schema(type = SchemaType.OBJECT) String before,
            @JsonRawValue @Schema(type = SchemaType.OBJECT) String after,
            Instant at,
            String requestId,
            String address) {

        static ActView of(Row row) {
            return new ActView(
                    row.getUUID("id"),
                    row.getString("actor"),
                    row.getString("actor_role"),
                    row.getString("action"),
                    row.getUUID("target"),
                    row.getString("before"),
                    row.getString("after"),
                    row.getOffsetDateTime("at").toInstant(),
                    row.getString("request_id"),
                    row.getString("address"));
        }
    }
}
