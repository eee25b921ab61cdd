package io.centurions.backoffice.deal;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** A deal as the company's own schema holds it, with its newest activities first. */
public record DealDetail(
        @JsonUnwrapped DealView deal,
        Integer score,
        String summary,
        Instant wonAt,
        Instant lostAt,
        String lostReason,
        long version,
        List<ActivityView> activities) {

    static DealDetail of(DealView deal, Row row, List<ActivityView> activities) {
        return new DealDetail(
                deal,
                row.getInteger("score"),
                row.getString("summary"),
                instant(row.getOffsetDateTime("won_at")),
                instant(row.getOffsetDateTime("lost_at")),
                row.getString("lost_reason"),
                row.getLong("version"),
                activities);
    }

    /** Something that happened to the deal. */
    public record ActivityView(UUID id, String kind, String title, String body, Instant at) {

        static ActivityView of(Row row) {
            return new ActivityView(
                    row.getUUID("id"),
                    row.getString("kind"),
                    row.getString("title"),
                    row.getString("body"),
                    row.getOffsetDateTime("at").toInstant());
        }
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
