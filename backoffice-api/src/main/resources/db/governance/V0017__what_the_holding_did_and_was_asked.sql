-- A key of a POST stands for one request: what was asked is compared, not what was kept of it, which leaves out what is personal.
-- And who looks for a change wants to know from what. Adds nullable columns: no rewrite, no long lock.
ALTER TABLE core.holding_audit ADD COLUMN request_hash bytea;
COMMENT ON COLUMN core.holding_audit.request_hash IS 'SHA-256 of what the POST asked for; another one under the same key is refused. Null without a key.';
ALTER TABLE core.holding_audit ADD COLUMN before jsonb;
COMMENT ON COLUMN core.holding_audit.before IS 'How it was, without what is secret or personal; null: it was not there, or the act is none of a change.';
