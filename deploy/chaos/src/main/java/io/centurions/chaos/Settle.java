package io.centurions.chaos;

import io.centurions.chaos.judge.Row;
import io.centurions.chaos.tell.Timeline;
import io.centurions.chaos.world.Database;
import io.centurions.chaos.world.Patience;
import io.centurions.chaos.world.ReadFlows;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Waits until nothing is open any more, or patience ends: what is open then is what the verdict finds broken. */
final class Settle {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    /** So many looks in a row must find nothing: one fact makes the next. */
    private static final int QUIET_LOOKS = 4;

    private static final Map<String, String> OPEN = new LinkedHashMap<>();

    static {
        OPEN.put("bursts", "SELECT count(*) FROM core.conversations WHERE inbound_seq > answered_seq AND state = 'ai'");
        OPEN.put("bubbles", "SELECT count(*) FROM core.messages WHERE status IN ('planned', 'sending')");
        OPEN.put(
                "deals",
                "SELECT count(*) FROM core.leads l WHERE handoff_id IS NOT NULL AND NOT EXISTS (SELECT FROM core.deals_index d"
                        + " WHERE d.company_id = l.company_id AND d.core_lead_id = l.id)");
        OPEN.put("contracts", "SELECT count(*) FROM core.contracts WHERE status IN ('draft', 'sending')");
        OPEN.put(
                "leads to be told",
                "SELECT count(*) FROM core.contracts c JOIN core.deals_index d ON d.company_id = c.company_id AND d.deal_id = c.deal_id"
                        + " WHERE c.status = 'signed' AND NOT EXISTS (SELECT FROM core.turns t WHERE t.company_id = c.company_id"
                        + " AND t.origin = 'contract' AND t.origin_id = c.id || ':signed')");
        OPEN.put("conversions", "SELECT count(*) FROM core.marketing_events WHERE status = 'pending'");
        OPEN.put(
                "events",
                "SELECT (SELECT count(*) FROM core.outbox_backoffice WHERE published_at IS NULL AND refused_reason IS NULL)"
                        + " + (SELECT count(*) FROM core.outbox_runtime WHERE published_at IS NULL AND refused_reason IS NULL)"
                        + " + (SELECT count(*) FROM core.outbox_evolution WHERE published_at IS NULL AND refused_reason IS NULL)"
                        + " + (SELECT count(*) FROM core.outbox_autentique WHERE published_at IS NULL AND refused_reason IS NULL)"
                        + " + (SELECT count(*) FROM core.outbox_capi WHERE published_at IS NULL AND refused_reason IS NULL)");
    }

    private final Database database;
    private final ReadFlows flows;
    private final TakeViews views;
    private final Consumer<String> say;

    Settle(Database database, ReadFlows flows, TakeViews views, Consumer<String> say) {
        this.database = database;
        this.flows = flows;
        this.views = views;
        this.say = say;
    }

    /**
     * How it ended.
     *
     * @param open what was still open when patience ended, and how much of it
     */
    record Settled(Duration took, Map<String, Long> open) {

        Row judge() {
            return Row.broken(
                    "still open after " + PATIENCE.toSeconds() + " s",
                    open.entrySet().stream()
                            .map(one -> one.getValue() + " " + one.getKey())
                            .toList());
        }
    }

    Settled await() {
        Instant start = Instant.now();
        int quiet = 0;
        int looks = 0;
        Map<String, Long> open = Map.of();
        while (quiet < QUIET_LOOKS && Instant.now().isBefore(start.plus(PATIENCE))) {
            open = open();
            quiet = open.isEmpty() ? quiet + 1 : 0;
            if (looks++ % 10 == 9 && !open.isEmpty()) {
                say.accept("open: " + open);
            }
            Patience.pause(BETWEEN_LOOKS);
        }
        Duration took = Duration.between(start, Instant.now());
        say.accept((open.isEmpty() ? "settled" : "not settled, open: " + open) + " after " + Timeline.seconds(took));
        return new Settled(took, open);
    }

    private Map<String, Long> open() {
        Map<String, Long> open = new LinkedHashMap<>();
        put(open, "leads on the telephone", views.leadsBusy());
        put(open, "sales", views.salesBusy());
        try {
            for (Map.Entry<String, String> one : OPEN.entrySet()) {
                put(open, one.getKey(), database.count(one.getValue()));
            }
            if (open.isEmpty()) {
                put(open, "flows", flows.open());
            }
        } catch (SQLException e) {
            open.put("database (" + e.getMessage() + ")", 1L);
        }
        if (open.isEmpty()) {
            put(open, "webhooks", views.webhooksOpen());
        }
        return open;
    }

    private static void put(Map<String, Long> open, String what, long count) {
        if (count > 0) {
            open.put(what, count);
        }
    }
}
