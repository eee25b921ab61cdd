package io.centurions.backoffice.usage;

import io.centurions.backoffice.lead.LeadsWaiting;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/** Reads what a company has used and may use. */
@ApplicationScoped
class ReadUsage {

    private static final long MICROCENTS = 1_000_000;

    private static final String NOW = """
            SELECT core.plan_month_v1($1, $2) AS month, (SELECT l.currency FROM core.price_list l) AS currency,
                   (SELECT count(*) FROM (%s) w) AS waiting
            """.formatted(LeadsWaiting.IDS);

    private static final String LIMITS = """
            SELECT w.what, l.most, l.behaviour,
                   CASE w.what WHEN 'people' THEN %s WHEN 'instances' THEN %s WHEN 'fileBytes' THEN %s
                        ELSE (SELECT coalesce(sum(n.used), 0)::bigint FROM core.usage_months n
                               WHERE n.company_id = $1 AND n.month = $2 AND n.what = w.what) END AS used
              FROM unnest(ARRAY['leads', 'instances', 'people', 'modelSpend', 'fileBytes']) WITH ORDINALITY AS w (what, place)
             CROSS JOIN LATERAL core.plan_limit_v1($1, w.what) AS l
             ORDER BY w.place
            """.formatted(Counted.PEOPLE, Counted.INSTANCES, Counted.FILE_BYTES);

    private static final String MONTHS = """
            SELECT month, coalesce(sum(used) FILTER (WHERE what = 'leads'), 0)::bigint AS leads,
                   coalesce(sum(used) FILTER (WHERE what = 'modelSpend'), 0)::bigint AS spend,
                   coalesce(sum(used) FILTER (WHERE what = 'inputTokens'), 0)::bigint AS input,
                   coalesce(sum(used) FILTER (WHERE what = 'outputTokens'), 0)::bigint AS output,
                   coalesce(sum(used) FILTER (WHERE what = 'unpricedTokens'), 0)::bigint AS unpriced
              FROM core.usage_months
             WHERE company_id = $1 AND month > $2
             GROUP BY month
             ORDER BY month DESC
            """;

    private static final String ALERTS = """
            SELECT what, threshold, used, most, raised_at
              FROM core.limit_alerts
             WHERE company_id = $1 AND month = $2
             ORDER BY raised_at, threshold
            """;

    private final Clock clock;

    ReadUsage(Clock clock) {
        this.clock = clock;
    }

    /** @param months how many to look back, the current one among them */
    UsageView read(Tx tx, int months) {
        var company = tx.company().value();
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        Row found = tx.first(NOW, company, now).orElseThrow();
        LocalDate month = found.getLocalDate("month");
        return new UsageView(
                company,
                month,
                found.getString("currency"),
                list(tx.query(LIMITS, company, month), ReadUsage::used),
                found.getLong("waiting"),
                list(tx.query(MONTHS, company, month.minusMonths(months)), ReadUsage::month),
                list(tx.query(ALERTS, company, month), ReadUsage::alert));
    }

    private static <T> List<T> list(List<Row> rows, Function<Row, T> view) {
        return rows.stream().map(view).toList();
    }

    private static UsageView.Used used(Row row) {
        String what = row.getString("what");
        long used = row.getLong("used");
        return UsageView.Used.of(
                what,
                what.equals("modelSpend") ? used / MICROCENTS : used,
                row.getLong("most"),
                row.getString("behaviour"));
    }

    private static UsageView.Month month(Row row) {
        return new UsageView.Month(
                row.getLocalDate("month"),
                row.getLong("leads"),
                row.getLong("spend") / MICROCENTS,
                row.getLong("input"),
                row.getLong("output"),
                row.getLong("unpriced"));
    }

    private static UsageView.Alert alert(Row row) {
        return new UsageView.Alert(
                row.getString("what"),
                row.getInteger("threshold"),
                row.getLong("used"),
                row.getLong("most"),
                row.getOffsetDateTime("raised_at").toInstant());
    }
}
