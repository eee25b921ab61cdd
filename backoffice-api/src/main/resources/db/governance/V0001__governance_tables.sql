-- What the holding's people configure: Centurions, channels, pixels, forms, people, and the record of who changed what.
-- First migration of the slice: only creates, locks nothing that anyone uses.

SELECT core.make_service_tables('backoffice', 'backoffice_app');

CREATE TABLE core.company_users (
    id          uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id  uuid NOT NULL REFERENCES core.companies (id),
    subject     text,
    email       text NOT NULL,
    name        text NOT NULL,
    role        text NOT NULL CHECK (role IN ('ai_supervisor', 'marketing_admin', 'company_admin', 'crm_user')),
    status      text NOT NULL DEFAULT 'active' CHECK (status IN ('invited', 'active', 'inactive')),
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    UNIQUE (company_id, email)
);
COMMENT ON TABLE core.company_users IS 'People of one company and their role. Retention: life of the company.';
COMMENT ON COLUMN core.company_users.subject IS 'sub of the issuer''s tokens; empty until the person has signed in.';
SELECT core.protect('core.company_users', 'backoffice_app');

CREATE TABLE core.centurion_configs (
    id                   uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id           uuid NOT NULL REFERENCES core.companies (id),
    name                 text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    draft                jsonb NOT NULL,
    published            jsonb,
    published_version    int NOT NULL DEFAULT 0 CHECK (published_version >= 0),
    debounce_quiet_ms    int NOT NULL DEFAULT 4000 CHECK (debounce_quiet_ms >= 0),
    debounce_longest_ms  int NOT NULL DEFAULT 20000 CHECK (debounce_longest_ms >= debounce_quiet_ms),
    created_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    CHECK ((published IS NULL) = (published_version = 0))
);
COMMENT ON TABLE core.centurion_configs IS 'A Centurion: what is being edited and what the runtime obeys. Retention: life of the company.';
COMMENT ON COLUMN core.centurion_configs.debounce_quiet_ms IS 'Copy of published.debounce.quietMs: the intake reads it for every message.';
COMMENT ON COLUMN core.centurion_configs.debounce_longest_ms IS 'Copy of published.debounce.longestMs: the intake reads it for every message.';
SELECT core.protect('core.centurion_configs', 'backoffice_app');
SELECT core.protect('core.centurion_configs', 'runtime_app', 'SELECT');
SELECT core.admit('core.centurion_configs', 'core_intake', 'SELECT');
SELECT core.admit('core.centurion_configs', 'core_sweep', 'SELECT');

CREATE TABLE core.channel_instances (
    id                   uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id           uuid NOT NULL REFERENCES core.companies (id),
    centurion_id         uuid NOT NULL,
    channel              text NOT NULL CHECK (channel IN ('whatsapp', 'instagram', 'telegram')),
    name                 text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    external_id          text,
    account_proved       boolean NOT NULL DEFAULT true,
    status               text NOT NULL DEFAULT 'new'
        CHECK (status IN ('new', 'connecting', 'qr_ready', 'connected', 'disconnected', 'error', 'deleted')),
    status_reason        text,
    status_at            timestamptz NOT NULL DEFAULT '-infinity',
    mended_at            timestamptz,
    webhook_secret_hash  bytea,
    sealed               jsonb NOT NULL DEFAULT '{}',
    deleted_at           timestamptz,
    version              int NOT NULL DEFAULT 1,
    created_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    FOREIGN KEY (company_id, centurion_id) REFERENCES core.centurion_configs (company_id, id),
    CHECK ((status = 'deleted') = (deleted_at IS NOT NULL))
);
-- An outside address leads to exactly one company, so this key alone is global: the second who claims it is refused.
-- Whoever types the id of an account or of a bot has not got it yet: its messages, and the claim that nobody
-- else may make, are for whoever the provider says has a token of it.
CREATE UNIQUE INDEX channel_instances_address_key ON core.channel_instances (channel, external_id)
    WHERE external_id IS NOT NULL AND deleted_at IS NULL AND account_proved;
-- Of deleted ones too, find_instance_by_account_v1 asks by an index: each webhook of Instagram asks, for an
-- account may be another company's a moment later.
CREATE INDEX channel_instances_deleted_address_idx ON core.channel_instances (channel, external_id, deleted_at DESC)
    WHERE deleted_at IS NOT NULL;
CREATE INDEX channel_instances_centurion_idx ON core.channel_instances (company_id, centurion_id);
COMMENT ON TABLE core.channel_instances IS 'Every address of every channel: whose it is and which Centurion answers. Retention: life of the company.';
COMMENT ON COLUMN core.channel_instances.external_id IS 'Evolution instance name, Instagram account id, Telegram bot id.';
COMMENT ON COLUMN core.channel_instances.account_proved IS 'The address is ours, or the provider has said that the token is of it; until then nothing is taken in for it, and it keeps nobody else from it.';
COMMENT ON COLUMN core.channel_instances.status_at IS 'When the status was true at its source; an older report changes nothing.';
COMMENT ON COLUMN core.channel_instances.mended_at IS 'When it was last heard to be connected again, by its gateway, as the answer to a token or as a bubble that had been turned away left: what rests there since before is worth trying again.';
COMMENT ON COLUMN core.channel_instances.webhook_secret_hash IS 'SHA-256 of the secret the provider sends with each webhook (Telegram).';
COMMENT ON COLUMN core.channel_instances.sealed IS 'Sealed secrets by name: access_token, webhook_secret.';
COMMENT ON COLUMN core.channel_instances.version IS 'Raised by each change that a person makes, never by what a gateway reports; what If-Match is compared with.';
SELECT core.protect('core.channel_instances', 'backoffice_app');
SELECT core.protect('core.channel_instances', 'runtime_app', 'SELECT');
SELECT core.protect('core.channel_instances', 'evolution_app', 'SELECT');
SELECT core.admit('core.channel_instances', 'core_intake', 'SELECT');
SELECT core.admit('core.channel_instances', 'core_lookup', 'SELECT');
SELECT core.admit('core.channel_instances', 'core_delivery', 'SELECT');
GRANT UPDATE (mended_at) ON core.channel_instances TO core_delivery;
SELECT core.admit('core.channel_instances', 'core_sweep', 'SELECT');
SELECT core.admit('core.channel_instances', 'core_rebuild', 'SELECT');

CREATE TABLE core.pixel_configs (
    id                   uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id           uuid NOT NULL REFERENCES core.companies (id),
    dataset_id           text NOT NULL,
    waba_id              text,
    page_id              text,
    sealed_access_token  text,
    test_event_code      text,
    enabled              boolean NOT NULL DEFAULT true,
    created_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    UNIQUE (company_id, dataset_id)
);
COMMENT ON TABLE core.pixel_configs IS 'Meta datasets a company reports its conversions to. Retention: life of the company.';
COMMENT ON COLUMN core.pixel_configs.sealed_access_token IS 'Sealed under the name access_token; empty: the installation''s own token is used.';
SELECT core.protect('core.pixel_configs', 'backoffice_app');
SELECT core.protect('core.pixel_configs', 'capi_app', 'SELECT');

CREATE TABLE core.lead_forms (
    id           uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id   uuid NOT NULL REFERENCES core.companies (id),
    key          text NOT NULL UNIQUE CHECK (key ~ '^[a-z0-9][a-z0-9_-]{2,63}$'),
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    instance_id  uuid NOT NULL,
    field_map    jsonb NOT NULL DEFAULT '{}',
    enabled      boolean NOT NULL DEFAULT true,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    FOREIGN KEY (company_id, instance_id) REFERENCES core.channel_instances (company_id, id)
);
COMMENT ON TABLE core.lead_forms IS 'Public web forms and the instance that writes to the lead first. Retention: life of the company.';
COMMENT ON COLUMN core.lead_forms.key IS 'Stands in the public address, so it is unique over all companies.';
COMMENT ON COLUMN core.lead_forms.field_map IS 'Our field name to the name this form uses.';
SELECT core.protect('core.lead_forms', 'backoffice_app');
SELECT core.admit('core.lead_forms', 'core_intake', 'SELECT');
SELECT core.admit('core.lead_forms', 'core_lookup', 'SELECT');
SELECT core.admit('core.lead_forms', 'core_sweep', 'SELECT');

CREATE TABLE core.audit_log (
    id          uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id  uuid NOT NULL REFERENCES core.companies (id),
    actor       text NOT NULL,
    actor_role  text NOT NULL,
    action      text NOT NULL,
    target      uuid NOT NULL,
    before      jsonb,
    after       jsonb,
    request_id  text,
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id)
);
COMMENT ON TABLE core.audit_log IS 'Who changed what, written in the transaction of the change, never altered. Retention: five years.';
COMMENT ON COLUMN core.audit_log.actor IS 'sub of the token: an id, never a name or an address.';
SELECT core.protect('core.audit_log', 'backoffice_app', 'SELECT,INSERT');
SELECT core.admit('core.audit_log', 'backoffice_reader', 'SELECT');

CREATE TABLE core.idempotency_keys (
    id            uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id    uuid NOT NULL REFERENCES core.companies (id),
    operation     text NOT NULL,
    key           text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    request_hash  bytea NOT NULL,
    resource_id   uuid NOT NULL,
    done          boolean NOT NULL DEFAULT true,
    answer        jsonb,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    UNIQUE (company_id, operation, key)
);
CREATE INDEX idempotency_keys_age_idx ON core.idempotency_keys (created_at);
COMMENT ON INDEX core.idempotency_keys_age_idx IS 'Serves forget_idempotency_keys_v1.';
COMMENT ON TABLE core.idempotency_keys IS 'What a repeated POST made the first time. Retention: thirty days.';
COMMENT ON COLUMN core.idempotency_keys.done IS 'False: another service is asked under resource_id, and its answer is not kept yet; a repeat asks again.';
COMMENT ON COLUMN core.idempotency_keys.answer IS 'What the first request was told, where that cannot be looked up; ids and fixed words only.';
SELECT core.protect('core.idempotency_keys', 'backoffice_app');
SELECT core.admit('core.idempotency_keys', 'core_sweep', 'SELECT,DELETE');
