package io.centurions.backoffice.conversion;

import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.sqlclient.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;

/** Conversions of a company, newest first. */
@Path("/v1/companies/{companyId}/conversions")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN, Roles.MARKETING_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ConversionResource {

    private static final String PAGE = """
            SELECT id, lead_id, deal_id, milestone, event_name, event_id, dataset_id, action_source, route_reason,
                   status, reason, attempts, value_cents, currency, fact_at, sent_at, created_at
              FROM core.marketing_events
             WHERE company_id = $1 AND ($2::uuid IS NULL OR id < $2::uuid)
             ORDER BY id DESC
             LIMIT $3
            """;

    private final CompanyDoor door;

    ConversionResource(CompanyDoor door) {
        this.door = door;
    }

    @GET
    public Page<ConversionView> list(@PathParam("companyId") UUID companyId, @Valid @BeanParam PageAsk ask) {
        return door.enter(companyId, tx -> {
            var found = tx.query(PAGE, companyId, ask.after(), ask.fetch()).stream()
                    .map(ConversionView::of)
                    .toList();
            return Page.of(found, ask, ConversionView::id);
        });
    }

    /**
     * One fact that Meta is told.
     *
     * @param milestone lead, qualified or purchase
     * @param name      under which Meta knows it
     * @param status    pending, sent, expired, refused, parked or skipped
     * @param reason    why it was not sent; null otherwise
     */
    public record ConversionView(
            UUID id,
            UUID leadId,
            UUID dealId,
            String milestone,
            String name,
            UUID eventId,
            String datasetId,
            String actionSource,
            String routeReason,
            String status,
            String reason,
            int attempts,
            Long valueCents,
            String currency,
            Instant factAt,
            Instant sentAt,
            Instant createdAt) {

        static ConversionView of(Row row) {
            var sent = row.getOffsetDateTime("sent_at");
            return new ConversionView(
                    row.getUUID("id"),
                    row.getUUID("lead_id"),
                    row.getUUID("deal_id"),
                    row.getString("milestone"),
                    row.getString("event_name"),
                    row.getUUID("event_id"),
                    row.getString("dataset_id"),
                    row.getString("action_source"),
                    row.getString("route_reason"),
                    row.getString("status"),
                    row.getString("reason"),
                    row.getInteger("attempts"),
                    row.getLong("value_cents"),
                    row.getString("currency"),
                    row.getOffsetDateTime("fact_at").toInstant(),
                    sent == null ? null : sent.toInstant(),
                    row.getOffsetDateTime("created_at").toInstant());
        }
    }
}
