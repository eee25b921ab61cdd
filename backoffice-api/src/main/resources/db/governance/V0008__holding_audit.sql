-- What the holding's people do to things that no company owns (a parked event too broken to name one, a rebuilt window) is kept too.
-- Only creates; takes no lock on a table that holds data.

CREATE TABLE core.holding_audit (
    id          uuid PRIMARY KEY DEFAULT core.uuid7(),
    actor       text NOT NULL,
    actor_role  text NOT NULL,
    action      text NOT NULL,
    target      uuid NOT NULL,
    after       jsonb,
    request_id  text,
    at          timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE core.holding_audit IS 'What people of the holding did to what no company owns. No company. Never altered. Retention: five years.';
COMMENT ON COLUMN core.holding_audit.actor IS 'sub of the token: an id, never a name or an address.';
ALTER TABLE core.holding_audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.holding_audit FORCE ROW LEVEL SECURITY;
CREATE POLICY holding_backoffice_app ON core.holding_audit TO backoffice_app USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON core.holding_audit TO backoffice_app;
