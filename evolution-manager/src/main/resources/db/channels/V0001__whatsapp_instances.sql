-- What only WhatsApp needs: where each instance stands at the Evolution server, and how it got there. The channel itself belongs to governance.
-- Creates tables only; locks nothing that exists.
SELECT core.make_service_tables('evolution', 'evolution_app');

CREATE TABLE core.whatsapp_instances (
    instance_id         uuid        PRIMARY KEY,
    company_id          uuid        NOT NULL REFERENCES core.companies (id),
    evolution_name      text        NOT NULL CHECK (evolution_name ~ '^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$'),
    state               text        NOT NULL DEFAULT 'new'
                        CHECK (state IN ('new', 'connecting', 'qr_ready', 'connected', 'disconnected', 'error', 'deleted')),
    state_reason        text,
    reported_at         timestamptz,
    qr_code             text,
    qr_base64           text,
    pairing_code        text,
    qr_at               timestamptz,
    webhook_secret_hash bytea       NOT NULL CHECK (length(webhook_secret_hash) = 32),
    sealed              jsonb       NOT NULL DEFAULT '{}',
    keeps_messages      boolean     NOT NULL DEFAULT true,
    provided_at         timestamptz,
    deleted_at          timestamptz,
    created_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, instance_id),
    CHECK ((state = 'deleted') = (deleted_at IS NOT NULL))
);
COMMENT ON TABLE core.whatsapp_instances IS 'A channel instance at the Evolution server. Retention: life of the company; secrets and QR go with its deletion.';
COMMENT ON COLUMN core.whatsapp_instances.reported_at IS 'The server''s clock of the last state taken over, in its own false UTC: only compared with itself, because webhooks come unordered.';
COMMENT ON COLUMN core.whatsapp_instances.qr_code IS 'Text of the newest QR; kept after it was scanned, to know a late repeat of it.';
COMMENT ON COLUMN core.whatsapp_instances.webhook_secret_hash IS 'SHA-256 of the secret that the server sends with each webhook; compared before anything is parsed.';
COMMENT ON COLUMN core.whatsapp_instances.sealed IS 'Sealed by name: webhook_secret, instance_token.';
COMMENT ON COLUMN core.whatsapp_instances.keeps_messages IS 'False once the server has said that it answers no message look-ups. Until it says so it is asked for unknown sends: that costs a call, not asking leaves them unknown.';
COMMENT ON COLUMN core.whatsapp_instances.provided_at IS 'When the server last confirmed instance and webhook; NULL while it has not.';

-- Leads with no company on purpose: names are the server's, and a second company must never adopt the first one's instance.
CREATE UNIQUE INDEX whatsapp_instances_name_key ON core.whatsapp_instances (evolution_name) WHERE deleted_at IS NULL;

CREATE TABLE core.instance_events (
    id          uuid        PRIMARY KEY DEFAULT core.uuid7(),
    company_id  uuid        NOT NULL REFERENCES core.companies (id),
    instance_id uuid        NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('state', 'qr', 'command')),
    from_state  text,
    to_state    text,
    reason      text,
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    FOREIGN KEY (company_id, instance_id) REFERENCES core.whatsapp_instances (company_id, instance_id)
);
COMMENT ON TABLE core.instance_events IS 'What happened to an instance: states, QR codes (never their content), commands of people. Retention: operations.';
CREATE INDEX instance_events_of_instance_idx ON core.instance_events (company_id, instance_id, at);
CREATE INDEX instance_events_age_idx ON core.instance_events (at);
COMMENT ON INDEX core.instance_events_age_idx IS 'Serves forget_instance_events_v1.';

CREATE TABLE core.media_files (
    company_id  uuid        NOT NULL REFERENCES core.companies (id),
    message_id  uuid        NOT NULL,
    content     bytea       NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (company_id, message_id)
);
ALTER TABLE core.media_files ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX media_files_age_idx ON core.media_files (created_at);
COMMENT ON INDEX core.media_files_age_idx IS 'Serves forget_media_files_v1.';
COMMENT ON TABLE core.media_files IS 'The bytes of what core.media describes with location core.media_files. Retention: media, 12 months.';
COMMENT ON COLUMN core.media_files.content IS 'Stored uncompressed: pictures and sound are compressed already.';

SELECT core.protect('core.media_files', 'evolution_app', 'SELECT,INSERT');
SELECT core.protect('core.media_files', 'runtime_app', 'SELECT');
SELECT core.protect('core.whatsapp_instances', 'evolution_app', 'SELECT,INSERT,UPDATE');
SELECT core.protect('core.instance_events', 'evolution_app', 'SELECT,INSERT');
SELECT core.admit('core.whatsapp_instances', 'core_lookup', 'SELECT');
SELECT core.admit('core.instance_events', 'core_sweep', 'SELECT,DELETE');
SELECT core.admit('core.media_files', 'core_sweep', 'SELECT,DELETE');

CREATE FUNCTION core.find_whatsapp_instance_v1(p_instance uuid)
    RETURNS TABLE (company_id uuid, webhook_secret_hash bytea, evolution_name text, deleted boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT i.company_id, i.webhook_secret_hash, i.evolution_name, i.deleted_at IS NOT NULL
      FROM core.whatsapp_instances i
     WHERE i.instance_id = p_instance
$$;
COMMENT ON FUNCTION core.find_whatsapp_instance_v1(uuid) IS 'Whose a webhook address is, and the hash of the secret it must come with. Asked before the company is known.';
ALTER FUNCTION core.find_whatsapp_instance_v1(uuid) OWNER TO core_lookup;
REVOKE ALL ON FUNCTION core.find_whatsapp_instance_v1(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.find_whatsapp_instance_v1(uuid) TO evolution_app;

CREATE FUNCTION core.list_whatsapp_companies_v1() RETURNS TABLE (company_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT DISTINCT i.company_id FROM core.whatsapp_instances i WHERE i.deleted_at IS NULL
$$;
COMMENT ON FUNCTION core.list_whatsapp_companies_v1() IS 'The companies whose rows a sweep has to look at, one after the other, as that company.';
ALTER FUNCTION core.list_whatsapp_companies_v1() OWNER TO core_lookup;
REVOKE ALL ON FUNCTION core.list_whatsapp_companies_v1() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.list_whatsapp_companies_v1() TO evolution_app;
