-- What each service needs of its own: outbox, consumed events, parked events, webhook inbox, leases – and the few functions that work
-- on them before or across companies. One generator, so that five services cannot drift apart. Called by a slice's first migration.
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
CREATE TABLE core.outbox_@ (
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
    PRIMARY KEY (company_id, id)
);
COMMENT ON TABLE core.outbox_@ IS 'Events of the transactions that made them true. Retention: events, long enough to feed a lost Redis again.';
CREATE INDEX outbox_@_unpublished_idx ON core.outbox_@ (position) WHERE published_at IS NULL;
COMMENT ON INDEX core.outbox_@_unpublished_idx IS 'Serves lease_outbox_@_v1.';

CREATE TABLE core.consumed_events_@ (
    company_id  uuid        NOT NULL REFERENCES core.companies (id),
    event_id    uuid        NOT NULL,
    consumer    text        NOT NULL,
    consumed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (company_id, event_id, consumer)
);
COMMENT ON TABLE core.consumed_events_@ IS 'Events whose effect is committed. Retention: events, longer than outbox and parked events together.';

CREATE TABLE core.parked_events_@ (
    id          uuid        PRIMARY KEY DEFAULT core.uuid7(),
    company_id  uuid        REFERENCES core.companies (id),
    event_id    uuid,
    stream      text        NOT NULL,
    consumer    text        NOT NULL,
    envelope    jsonb,
    payload     jsonb,
    raw         text,
    reason      text        NOT NULL,
    parked_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    settled_at  timestamptz,
    settled_as  text        CHECK (settled_as IN ('reprocessed', 'discarded')),
    UNIQUE (company_id, id)
);
COMMENT ON TABLE core.parked_events_@ IS 'Events that could not be handled, for an operator. Retention: operations.';
COMMENT ON COLUMN core.parked_events_@.company_id IS 'NULL when the entry was so broken that it names no company.';

CREATE TABLE core.webhook_inbox_@ (
    id          uuid        PRIMARY KEY DEFAULT core.uuid7(),
    company_id  uuid        REFERENCES core.companies (id),
    provider    text        NOT NULL,
    address     text        NOT NULL,
    headers     jsonb       NOT NULL DEFAULT '{}',
    body        bytea       NOT NULL,
    reason      text        NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    settled_at  timestamptz,
    UNIQUE (company_id, id)
);
COMMENT ON TABLE core.webhook_inbox_@ IS 'Webhooks kept as they came. Retention: raw, 7 days.';
COMMENT ON COLUMN core.webhook_inbox_@.company_id IS 'NULL when a genuine webhook is too broken to tell its company.';

CREATE TABLE core.leases_@ (
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
SELECT core.admit('core.parked_events_@', 'core_relay', 'SELECT,INSERT');
SELECT core.admit('core.webhook_inbox_@', 'core_relay', 'SELECT,INSERT');

CREATE FUNCTION core.append_events_@_v1(p_events jsonb) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $fn$
DECLARE
    appended int;
BEGIN
    INSERT INTO core.outbox_@ (company_id, id, type, version, subject, seq, occurred_at, correlation_id, causation_id, traceparent, payload)
    SELECT e.company_id, e.id, e.type, coalesce(e.version, 1), e.subject, coalesce(e.seq, 0), e.occurred_at,
           coalesce(e.correlation_id, e.id), e.causation_id, e.traceparent, e.payload
      FROM pg_catalog.jsonb_to_recordset(coalesce(p_events, '[]')) AS e (
           company_id uuid, id uuid, type text, version int, subject uuid, seq bigint, occurred_at timestamptz,
           correlation_id uuid, causation_id uuid, traceparent text, payload jsonb)
        ON CONFLICT (company_id, id) DO NOTHING;
    GET DIAGNOSTICS appended = ROW_COUNT;
    RETURN appended;
END
$fn$;
COMMENT ON FUNCTION core.append_events_@_v1(jsonb) IS 'Stores the events that a granted function returned in the caller''s own outbox, in the caller''s transaction.';

CREATE FUNCTION core.lease_outbox_@_v1(p_limit int, p_lease interval, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, id uuid, type text, version int, subject uuid, seq bigint, occurred_at timestamptz,
                   correlation_id uuid, causation_id uuid, traceparent text, replay boolean, payload text)
    LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $fn$
    WITH due AS MATERIALIZED (
        SELECT o.company_id, o.id
          FROM core.outbox_@ o
         WHERE o.published_at IS NULL AND (o.leased_until IS NULL OR o.leased_until < p_now)
         ORDER BY o.position
         LIMIT p_limit
           FOR UPDATE SKIP LOCKED),
    leased AS (
        UPDATE core.outbox_@ o SET leased_until = p_now + p_lease
          FROM due
         WHERE o.company_id = due.company_id AND o.id = due.id
        RETURNING o.*)
    SELECT l.company_id, l.id, l.type, l.version, l.subject, l.seq, l.occurred_at, l.correlation_id, l.causation_id,
           l.traceparent, l.replay, l.payload::text
      FROM leased l
     ORDER BY l.position
$fn$;
COMMENT ON FUNCTION core.lease_outbox_@_v1(int, interval, timestamptz) IS 'Unpublished events, oldest first, held for one relay. Several relays drain side by side.';

CREATE FUNCTION core.mark_outbox_@_v1(p_companies uuid[], p_ids uuid[], p_now timestamptz DEFAULT clock_timestamp()) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $fn$
DECLARE
    marked int;
BEGIN
    UPDATE core.outbox_@ o SET published_at = p_now, leased_until = NULL
      FROM unnest(p_companies, p_ids) AS m (company_id, id)
     WHERE o.company_id = m.company_id AND o.id = m.id AND o.published_at IS NULL;
    GET DIAGNOSTICS marked = ROW_COUNT;
    RETURN marked;
END
$fn$;
COMMENT ON FUNCTION core.mark_outbox_@_v1(uuid[], uuid[], timestamptz) IS 'Marks events that Redis has accepted.';

CREATE FUNCTION core.park_event_@_v1(p_company uuid, p_event uuid, p_stream text, p_consumer text, p_envelope jsonb, p_payload jsonb,
                                     p_raw text, p_reason text) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $fn$
    INSERT INTO core.parked_events_@ (company_id, event_id, stream, consumer, envelope, payload, raw, reason)
    VALUES ((SELECT c.id FROM core.companies c WHERE c.id = p_company), p_event, p_stream, p_consumer, p_envelope, p_payload, p_raw, p_reason)
    RETURNING id
$fn$;
COMMENT ON FUNCTION core.park_event_@_v1(uuid, uuid, text, text, jsonb, jsonb, text, text) IS 'Keeps an event that could not be handled, whatever is wrong with it.';

CREATE FUNCTION core.keep_webhook_@_v1(p_company uuid, p_provider text, p_address text, p_headers jsonb, p_body bytea, p_reason text)
    RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $fn$
    INSERT INTO core.webhook_inbox_@ (company_id, provider, address, headers, body, reason)
    VALUES (p_company, p_provider, p_address, coalesce(p_headers, '{}'), p_body, p_reason)
    RETURNING id
$fn$;
COMMENT ON FUNCTION core.keep_webhook_@_v1(uuid, text, text, jsonb, bytea, text) IS 'Keeps a genuine webhook that could not be read.';
$ddl$;
    ddl := replace(ddl, '@', p_suffix);
    ddl := replace(replace(ddl, '%2$I', quote_ident(p_app_role)), '%2$L', quote_literal(p_app_role));
    EXECUTE ddl;

    EXECUTE replace(replace($ddl$
ALTER FUNCTION core.append_events_@_v1(jsonb) OWNER TO core_relay;
ALTER FUNCTION core.lease_outbox_@_v1(int, interval, timestamptz) OWNER TO core_relay;
ALTER FUNCTION core.mark_outbox_@_v1(uuid[], uuid[], timestamptz) OWNER TO core_relay;
ALTER FUNCTION core.park_event_@_v1(uuid, uuid, text, text, jsonb, jsonb, text, text) OWNER TO core_relay;
ALTER FUNCTION core.keep_webhook_@_v1(uuid, text, text, jsonb, bytea, text) OWNER TO core_relay;
REVOKE ALL ON FUNCTION core.append_events_@_v1(jsonb), core.lease_outbox_@_v1(int, interval, timestamptz),
    core.mark_outbox_@_v1(uuid[], uuid[], timestamptz), core.park_event_@_v1(uuid, uuid, text, text, jsonb, jsonb, text, text),
    core.keep_webhook_@_v1(uuid, text, text, jsonb, bytea, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.append_events_@_v1(jsonb), core.lease_outbox_@_v1(int, interval, timestamptz),
    core.mark_outbox_@_v1(uuid[], uuid[], timestamptz), core.park_event_@_v1(uuid, uuid, text, text, jsonb, jsonb, text, text),
    core.keep_webhook_@_v1(uuid, text, text, jsonb, bytea, text) TO #;
$ddl$, '@', p_suffix), '#', quote_ident(p_app_role));
END
$make$;
COMMENT ON FUNCTION core.make_service_tables(text, text) IS 'Makes a service''s outbox, consumed and parked events, webhook inbox and leases, protected, with the functions of its relay.';
REVOKE ALL ON FUNCTION core.make_service_tables(text, text) FROM PUBLIC;
