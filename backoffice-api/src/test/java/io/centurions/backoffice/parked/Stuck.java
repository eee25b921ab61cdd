package io.centurions.backoffice.parked;

import io.centurions.backoffice.Api;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import java.util.UUID;

/** Parked events and webhooks as the services leave them behind. */
final class Stuck {

    private Stuck() {}

    /** Every service's tables end like this. */
    static String suffix(String service) {
        return switch (service) {
            case "backoffice-api" -> "backoffice";
            case "agent-runtime" -> "runtime";
            case "evolution-manager" -> "evolution";
            case "autentique-service" -> "autentique";
            default -> "capi";
        };
    }

    static UUID event(String service, Api.Made company) {
        return event(service, company, "the lead is not there");
    }

    static UUID event(String service, Api.Made company, String reason) {
        UUID event = UUID.randomUUID();
        UUID lead = UUID.randomUUID();
        String envelope = """
                {"id":"%s","type":"lead.created","version":1,"company":"%s","subject":"%s","seq":0,
                 "occurredAt":"2026-11-19T12:00:00Z","correlationId":"%s","producer":"agent-runtime","replay":false}
                """.formatted(event, company.id(), lead, event);
        String payload = """
                {"lead":"%s","source":"FORM","note":"Maria Silva, 11 98888-7777","phone":5511988887777}
                """.formatted(lead);
        return insert("""
                INSERT INTO core.parked_events_%s (company_id, event_id, stream, consumer, envelope, payload, reason)
                VALUES (?, ?, 'lead.created', '%s', ?::jsonb, ?::jsonb, ?) RETURNING id
                """.formatted(suffix(service), service), company.id(), event, envelope, payload, reason);
    }

    /** Of ours, that waited in vain for its deal. */
    static UUID contractCreated(Api.Made company, UUID deal, UUID contract) {
        UUID event = UUID.randomUUID();
        String envelope = """
                {"id":"%s","type":"contract.created","version":1,"company":"%s","subject":"%s","seq":0,
                 "occurredAt":"2026-11-01T12:00:00Z","correlationId":"%s","producer":"autentique-service","replay":false}
                """.formatted(event, company.id(), contract, event);
        String payload = """
                {"contract":"%s","deal":"%s","lead":"%s","at":"2026-11-01T12:00:00Z"}
                """.formatted(contract, deal, UUID.randomUUID());
        return insert("""
                INSERT INTO core.parked_events_backoffice (company_id, event_id, stream, consumer, envelope, payload, reason)
                VALUES (?, ?, 'contract.created', 'backoffice-api', ?::jsonb, ?::jsonb, 'waited too long: the deal is not there yet')
                RETURNING id
                """, company.id(), event, envelope, payload);
    }

    static void aDeal(Database database, Api.Made company, UUID deal) {
        database.runAsCompany(
                CompanyId.of(company.id()),
                tx -> tx.execute(
                        "INSERT INTO " + company.schema() + ".deals (id, core_lead_id, title) VALUES ($1, $2, 'Maria')",
                        deal,
                        Api.aLead(company, "Maria")));
    }

    /** Too broken to name its company. */
    static UUID nobodysEvent(String service) {
        return insert("""
                INSERT INTO core.parked_events_%s (stream, consumer, raw, reason)
                VALUES ('lead.created', '%s', '{"name":"Maria"', 'unreadable envelope') RETURNING id
                """.formatted(suffix(service), service));
    }

    static UUID webhook(String service, Api.Made company) {
        return insert("""
                INSERT INTO core.webhook_inbox_%s (company_id, provider, address, headers, body, reason)
                VALUES (?, 'evolution', '/webhooks/evolution/x', '{"content-type":"application/json"}',
                        '{"name":"Maria"}'::bytea, 'unreadable') RETURNING id
                """.formatted(suffix(service)), company == null ? null : company.id());
    }

    /** How often a parked event of the company was set free. */
    static long freed(String service, Api.Made company) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.outbox_" + suffix(service) + " WHERE replay AND company_id = ?",
                        company.id());
    }

    private static UUID insert(String sql, Object... parameters) {
        return (UUID) Admin.get().queryOne(sql, parameters).get("id");
    }
}
