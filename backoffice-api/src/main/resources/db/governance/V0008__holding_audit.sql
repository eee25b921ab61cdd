-- What the holding's people do to things that no company owns (a parked event too broken to name one, a rebuilt window) is kept too.
-- Only creates; takes no lock on a table that holds data.

CREATE TABLE core.holding_audit (
    id           uuid PRIMARY KEY DEFAULT core.uuid7(),
    actor        text NOT NULL,
    actor_role   text NOT NULL,
    action       text NOT NULL,
    target       uuid NOT NULL,
    before       jsonb,
    after        jsonb,
    request_id   text,
    request_key  text CHECK (length(request_key) BETWEEN 1 AND 200),
    request_hash bytea,
    at           timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE core.holding_audit IS 'What people of the holding did to what no company owns. No company. Never altered. Retention: five years.';
COMMENT ON COLUMN core.holding_audit.actor IS 'sub of the token: an id, never a name or an address.';
COMMENT ON COLUMN core.holding_audit.before IS 'How it was, without what is secret or personal; null: it was not there, or the act is none of a change.';
COMMENT ON COLUMN core.holding_audit.request_key IS 'Idempotency-Key of the POST that did it; what no company owns has no row in core.idempotency_keys.';
COMMENT ON COLUMN core.holding_audit.request_hash IS 'SHA-256 of what the POST asked for; another one under the same key is refused. Null without a key.';
CREATE UNIQUE INDEX holding_audit_key_idx ON core.holding_audit (action, request_key) WHERE request_key IS NOT NULL;
COMMENT ON INDEX core.holding_audit_key_idx IS 'Serves HoldingAudit.once: a key stands for one act.';
ALTER TABLE core.holding_audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.holding_audit FORCE ROW LEVEL SECURITY;
CREATE POLICY holding_backoffice_app ON core.holding_audit TO backoffice_app USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON core.holding_audit TO backoffice_app;
