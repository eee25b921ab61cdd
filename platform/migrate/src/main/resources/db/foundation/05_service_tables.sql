-- What each service needs of its own: outbox, consumed events, parked events, webhook inbox, leases. One generator, so that five services
-- cannot drift apart. Called by a slice's first migration; idempotent, a table that is there stays as it is.
SET ROLE core_migrator;

CREATE OR REPLACE FUNCTION core.make_service_tables(p_suffix text, p_app_role text) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $make$
DECLARE
    ddl text;
BEGIN
    IF p_suffix !~ '^[a-z]{2,20}$' THEN
        RAISE EXCEPTION 'core.make_service_tables: % is no suffix', p_suffix;
    END IF;

    ddl := $ddl$
-- Each row is updated twice soon after it is written: room in its page keeps the first update out of the indexes.
CREATE TABLE IF NOT EXISTS core.outbox_@ (
    company_id     uuid        NOT NULL REFERENCES core.companies (id),
    id             uuid        NOT NULL,
    position       bigint      GENERATED ALWAYS AS IDENTITY,
    type           text        NOT NULL,
    version        int         NOT NULL DEFAULT 1,
    subject        uuid        NOT NULL,
    seq            bigint      NOT NULL DEFAULT 0,
    occurred_at    timestamptz NOT NULL,
    correlation_id uuid        NOT NULL,
    causation_id   uuid,
    traceparent    text,
    replay         boolean     NOT NULL DEFAULT false,
    payload        jsonb       NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    leased_until   timestamptz,
    published_at   timestamptz,
    event_id       uuid,
    producer       text,
    only_group     text,
    generation     uuid,
    entry_id       text,
    refused_reason text,
    PRIMARY KEY (company_id, id),
    -- Many times the largest of ours. A relay leases 200 rows at once, and a consumer reads whole batches.
    CONSTRAINT outbox_@_payload_size CHECK (octet_length(payload::text) <= 65536)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500,
        autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
COMMENT ON TABLE core.outbox_@ IS 'Events of the transactions that made them true. Retention: events, 3 days after publication and never before every group has finished them.';
COMMENT ON COLUMN core.outbox_@.event_id IS 'The event that is sent again, where this row is a repeat; NULL: the row is the event, id is its id.';
COMMENT ON COLUMN core.outbox_@.producer IS 'Who wrote the event first, where this row is a repeat by another service.';
COMMENT ON COLUMN core.outbox_@.only_group IS 'The one consumer group that is meant, where an operator had the event handled again; NULL: all of them.';
COMMENT ON COLUMN core.outbox_@.generation IS 'The life of Redis under which it was published; NULL while it is not.';
COMMENT ON COLUMN core.outbox_@.entry_id IS 'The entry that Redis made of it, comparable by core.entry_order within its stream and generation.';
COMMENT ON COLUMN core.outbox_@.refused_reason IS 'Why the relay gave the row up, which is a bug; set to NULL to have it tried again.';
CREATE INDEX IF NOT EXISTS outbox_@_unpublished_idx ON core.outbox_@ (position) WHERE published_at IS NULL AND refused_reason IS NULL;
COMMENT ON INDEX core.outbox_@_unpublished_idx IS 'Serves lease_outbox_@_v1 and outbox_backlog_@_v1.';
CREATE INDEX IF NOT EXISTS outbox_@_published_idx ON core.outbox_@ (type, generation, core.entry_order(entry_id)) WHERE generation IS NOT NULL;
COMMENT ON INDEX core.outbox_@_published_idx IS 'Serves unpublish_outbox_@_v1 and clean_@_v1, both through outbox_kinds_@_v1.';
CREATE INDEX IF NOT EXISTS outbox_@_refused_idx ON core.outbox_@ (position) WHERE refused_reason IS NOT NULL;
COMMENT ON INDEX core.outbox_@_refused_idx IS 'Serves outbox_backlog_@_v1 and an operator.';

CREATE TABLE IF NOT EXISTS core.consumed_events_@ (
    company_id  uuid        NOT NULL REFERENCES core.companies (id),
    event_id    uuid        NOT NULL,
    consumer    text        NOT NULL,
    consumed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (company_id, event_id, consumer)
);
COMMENT ON TABLE core.consumed_events_@ IS 'Events whose effect is committed. Retention: events, 90 days, longer than outbox and parked events together.';
CREATE INDEX IF NOT EXISTS consumed_events_@_age_idx ON core.consumed_events_@ (consumed_at);
COMMENT ON INDEX core.consumed_events_@_age_idx IS 'Serves clean_@_v1.';

CREATE TABLE IF NOT EXISTS core.parked_events_@ (
    id             uuid        PRIMARY KEY DEFAULT core.uuid7(),
    company_id     uuid        REFERENCES core.companies (id),
    event_id       uuid,
    stream         text        NOT NULL,
    consumer       text        NOT NULL,
    envelope       jsonb,
    payload        jsonb,
    raw            text,
    reason         text        NOT NULL,
    parked_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    settled_at     timestamptz,
    settled_as     text        CHECK (settled_as IN ('reprocessed', 'discarded')),
    settled_by     text,
    settled_reason text,
    UNIQUE (company_id, id)
);
COMMENT ON TABLE core.parked_events_@ IS 'Events that could not be handled, for an operator. Retention: operations, 30 days after they are settled, else 60.';
COMMENT ON COLUMN core.parked_events_@.company_id IS 'NULL when the entry was so broken that it names no company.';
COMMENT ON COLUMN core.parked_events_@.settled_by IS 'The issuer''s id of the person who settled it.';
CREATE INDEX IF NOT EXISTS parked_events_@_age_idx ON core.parked_events_@ (parked_at);
COMMENT ON INDEX core.parked_events_@_age_idx IS 'Serves clean_@_v1; list_parked_@_v1 walks the keys on id.';
CREATE UNIQUE INDEX IF NOT EXISTS parked_events_@_unsettled_idx ON core.parked_events_@ (company_id, event_id, consumer) WHERE settled_at IS NULL;
COMMENT ON INDEX core.parked_events_@_unsettled_idx IS 'Serves park_event_@_v1: an event waits once for an operator, however often it comes.';

CREATE TABLE IF NOT EXISTS core.webhook_inbox_@ (
    id             uuid        PRIMARY KEY DEFAULT core.uuid7(),
    company_id     uuid        REFERENCES core.companies (id),
    provider       text        NOT NULL,
    address        text        NOT NULL,
    headers        jsonb       NOT NULL DEFAULT '{}',
    body           bytea       NOT NULL,
    reason         text,
    received_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    settled_at     timestamptz,
    state          text        NOT NULL DEFAULT 'parked' CHECK (state IN ('applied', 'parked', 'reprocessed', 'discarded')),
    instance_id    uuid,
    settled_by     text,
    settled_reason text,
    content        bytea,
    UNIQUE (company_id, id)
);
COMMENT ON TABLE core.webhook_inbox_@ IS 'Webhooks as they came, kept in the transaction of their effect. Retention: raw, 7 days.';
COMMENT ON COLUMN core.webhook_inbox_@.company_id IS 'NULL when a genuine webhook is too broken to tell its company.';
COMMENT ON COLUMN core.webhook_inbox_@.reason IS 'Why it is parked, a fixed word; NULL where it was applied at once.';
COMMENT ON COLUMN core.webhook_inbox_@.content IS 'SHA-256 of the body of one that was parked; NULL where it was applied at once.';
CREATE INDEX IF NOT EXISTS webhook_inbox_@_received_idx ON core.webhook_inbox_@ (received_at, id);
COMMENT ON INDEX core.webhook_inbox_@_received_idx IS 'Serves window_webhooks_@_v4 and clean_@_v1.';
CREATE INDEX IF NOT EXISTS webhook_inbox_@_parked_idx ON core.webhook_inbox_@ (id) WHERE state <> 'applied';
COMMENT ON INDEX core.webhook_inbox_@_parked_idx IS 'Serves list_webhooks_@_v1, past the many that were applied.';
CREATE UNIQUE INDEX IF NOT EXISTS webhook_inbox_@_content_idx ON core.webhook_inbox_@ (provider, address, content) WHERE content IS NOT NULL;
COMMENT ON INDEX core.webhook_inbox_@_content_idx IS 'Serves keep_webhook_@_v1: the same words are parked once, however often they come.';

CREATE TABLE IF NOT EXISTS core.leases_@ (
    name   text        PRIMARY KEY,
    holder text        NOT NULL,
    until  timestamptz NOT NULL
);
COMMENT ON TABLE core.leases_@ IS 'Who owns a job of this service in the fleet. No company. Retention: overwritten.';
GRANT SELECT, INSERT, UPDATE, DELETE ON core.leases_@ TO %2$I;

SELECT core.protect('core.outbox_@', %2$L, 'SELECT,INSERT');
SELECT core.protect('core.consumed_events_@', %2$L, 'SELECT,INSERT');
SELECT core.protect('core.parked_events_@', %2$L, 'SELECT,INSERT,UPDATE');
SELECT core.protect('core.webhook_inbox_@', %2$L, 'SELECT,INSERT,UPDATE');
SELECT core.admit('core.outbox_@', 'core_relay', 'SELECT,INSERT,UPDATE,DELETE');
SELECT core.admit('core.consumed_events_@', 'core_relay', 'SELECT,UPDATE,DELETE');
SELECT core.admit('core.parked_events_@', 'core_relay', 'SELECT,INSERT,UPDATE,DELETE');
SELECT core.admit('core.webhook_inbox_@', 'core_relay', 'SELECT,INSERT,UPDATE,DELETE');
$ddl$;
    ddl := replace(ddl, '@', p_suffix);
    ddl := replace(replace(ddl, '%2$I', quote_ident(p_app_role)), '%2$L', quote_literal(p_app_role));
    EXECUTE ddl;
    PERFORM core.make_outbox_functions(p_suffix, p_app_role);
    PERFORM core.make_inbox_functions(p_suffix, p_app_role);
END
$make$;
COMMENT ON FUNCTION core.make_service_tables(text, text) IS 'Makes a service''s outbox, consumed and parked events, webhook inbox and leases, protected, with the functions that work on them.';
REVOKE ALL ON FUNCTION core.make_service_tables(text, text) FROM PUBLIC;
