-- The functions on parked events and kept webhooks: the owning service writes and reads its own, the back office lists, frees and discards those of
-- every service. Made again by every migrate step, so that a changed body reaches services that are there already; takes no lock on a table.
SET ROLE core_migrator;

CREATE OR REPLACE FUNCTION core.make_inbox_functions(p_suffix text, p_app_role text) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $make$
DECLARE
    name text;
BEGIN
    EXECUTE replace($ddl$
CREATE OR REPLACE FUNCTION core.park_event_@_v1(p_company uuid, p_event uuid, p_stream text, p_consumer text, p_envelope jsonb, p_payload jsonb,
                                                p_raw text, p_reason text) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $fn$
    INSERT INTO core.parked_events_@ AS p (company_id, event_id, stream, consumer, envelope, payload, raw, reason)
    VALUES ((SELECT c.id FROM core.companies c WHERE c.id = p_company), p_event, p_stream, p_consumer, p_envelope, p_payload, p_raw, p_reason)
    -- Not DO NOTHING: the row that is there already must be answered with.
        ON CONFLICT (company_id, event_id, consumer) WHERE settled_at IS NULL DO UPDATE SET reason = p.reason
    RETURNING p.id
$fn$;
COMMENT ON FUNCTION core.park_event_@_v1(uuid, uuid, text, text, jsonb, jsonb, text, text) IS
    'Keeps an event that could not be handled, whatever is wrong with it; answers with the row that waits already where there is one.';

CREATE OR REPLACE FUNCTION core.list_parked_@_v1(p_company uuid, p_stream text, p_reason text, p_state text, p_before uuid, p_limit int)
    RETURNS TABLE (id uuid, company_id uuid, event_id uuid, stream text, consumer text, state text, reason text, envelope text, payload text,
                   raw_length int, parked_at timestamptz, settled_at timestamptz, settled_by text, settled_reason text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $fn$
    SELECT p.id, p.company_id, p.event_id, p.stream, p.consumer, coalesce(p.settled_as, 'parked'), p.reason,
           CASE WHEN octet_length(p.envelope::text) <= listed.bytes THEN p.envelope::text END,
           CASE WHEN octet_length(p.payload::text) <= listed.bytes THEN p.payload::text END,
           length(p.raw), p.parked_at, p.settled_at, p.settled_by, p.settled_reason
      FROM core.parked_events_@ p CROSS JOIN (VALUES (8192)) AS listed (bytes)
     WHERE (p_company IS NULL OR p.company_id = p_company)
       AND (p_stream IS NULL OR p.stream = p_stream)
       AND (p_reason IS NULL OR p.reason = p_reason)
       AND (p_state IS NULL OR coalesce(p.settled_as, 'parked') = p_state)
       AND (p_before IS NULL OR p.id < p_before)
     ORDER BY p.id DESC
     LIMIT p_limit
$fn$;
COMMENT ON FUNCTION core.list_parked_@_v1(uuid, text, text, text, uuid, int) IS
    'Parked events, newest first, from before an id; each filter may be NULL. An entry that could not be read shows its length alone. Envelope and payload are NULL where they are larger than any of ours (8 KiB): read_parked shows them.';

CREATE OR REPLACE FUNCTION core.read_parked_@_v1(p_id uuid)
    RETURNS TABLE (id uuid, company_id uuid, event_id uuid, stream text, consumer text, state text, reason text, envelope text, payload text,
                   raw_length int, parked_at timestamptz, settled_at timestamptz, settled_by text, settled_reason text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $fn$
    SELECT p.id, p.company_id, p.event_id, p.stream, p.consumer, coalesce(p.settled_as, 'parked'), p.reason, p.envelope::text, p.payload::text,
           length(p.raw), p.parked_at, p.settled_at, p.settled_by, p.settled_reason
      FROM core.parked_events_@ p
     WHERE p.id = p_id
$fn$;
COMMENT ON FUNCTION core.read_parked_@_v1(uuid) IS 'One parked event, or nothing.';

CREATE OR REPLACE FUNCTION core.reprocess_parked_@_v1(p_id uuid, p_by text, p_company uuid DEFAULT NULL, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $fn$
DECLARE
    parked core.parked_events_@%ROWTYPE;
BEGIN
    SELECT * INTO parked FROM core.parked_events_@ p
     WHERE p.id = p_id AND (p_company IS NULL OR p.company_id = p_company) FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'unknown';
    ELSIF parked.settled_at IS NOT NULL THEN
        RETURN 'settled';
    ELSIF parked.company_id IS NULL OR parked.event_id IS NULL OR parked.envelope IS NULL OR parked.payload IS NULL THEN
        RETURN 'unreadable';
    END IF;
    BEGIN
        INSERT INTO core.outbox_@ (company_id, id, event_id, producer, only_group, replay, type, version, subject, seq, occurred_at,
                                   correlation_id, causation_id, traceparent, payload)
        VALUES (parked.company_id, core.uuid7(), parked.event_id, parked.envelope ->> 'producer', parked.consumer, true, parked.stream,
                (parked.envelope ->> 'version')::int, (parked.envelope ->> 'subject')::uuid, coalesce((parked.envelope ->> 'seq')::bigint, 0),
                (parked.envelope ->> 'occurredAt')::timestamptz, coalesce((parked.envelope ->> 'correlationId')::uuid, parked.event_id),
                (parked.envelope ->> 'causationId')::uuid, parked.envelope ->> 'traceparent', parked.payload);
    EXCEPTION WHEN data_exception OR not_null_violation OR check_violation THEN
        -- A field of the envelope is not there, or is something else than an event has there; or it is too large for one.
        RETURN 'unreadable';
    END;
    UPDATE core.parked_events_@ p SET settled_at = p_now, settled_as = 'reprocessed', settled_by = p_by WHERE p.id = p_id;
    RETURN 'reprocessed';
END
$fn$;
COMMENT ON FUNCTION core.reprocess_parked_@_v1(uuid, text, uuid, timestamptz) IS
    'Has a parked event sent again to the group that parked it, and to no other, as the same event. Answers reprocessed, settled, unreadable or unknown.';

CREATE OR REPLACE FUNCTION core.discard_parked_@_v1(p_id uuid, p_by text, p_reason text, p_company uuid DEFAULT NULL,
                                                    p_now timestamptz DEFAULT clock_timestamp()) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $fn$
BEGIN
    UPDATE core.parked_events_@ p SET settled_at = p_now, settled_as = 'discarded', settled_by = p_by, settled_reason = p_reason
     WHERE p.id = p_id AND p.settled_at IS NULL AND (p_company IS NULL OR p.company_id = p_company);
    IF FOUND THEN
        RETURN 'discarded';
    END IF;
    RETURN CASE WHEN EXISTS (SELECT FROM core.parked_events_@ p WHERE p.id = p_id AND (p_company IS NULL OR p.company_id = p_company))
                THEN 'settled' ELSE 'unknown' END;
END
$fn$;
COMMENT ON FUNCTION core.discard_parked_@_v1(uuid, text, text, uuid, timestamptz) IS 'Gives a parked event up, with a reason. Answers discarded, settled or unknown.';

CREATE OR REPLACE FUNCTION core.keep_webhook_@_v1(p_company uuid, p_provider text, p_address text, p_headers jsonb, p_body bytea, p_reason text,
                                                  p_instance uuid DEFAULT NULL)
    RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $fn$
    INSERT INTO core.webhook_inbox_@ (company_id, provider, address, headers, body, reason, instance_id, state, content)
    VALUES (p_company, p_provider, p_address, coalesce(p_headers, '{}'), p_body, p_reason, p_instance, 'parked', pg_catalog.sha256(p_body))
        ON CONFLICT (provider, address, content) WHERE content IS NOT NULL DO NOTHING
    RETURNING id
$fn$;
COMMENT ON FUNCTION core.keep_webhook_@_v1(uuid, text, text, jsonb, bytea, text, uuid) IS
    'Parks a genuine webhook that could not be handled, once; NULL when the same words were parked before, whatever became of them.';

CREATE OR REPLACE FUNCTION core.keep_webhooks_@_v1(p_webhooks jsonb) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $fn$
DECLARE
    kept int;
BEGIN
    INSERT INTO core.webhook_inbox_@ (id, company_id, instance_id, provider, address, headers, body, state, reason)
    SELECT coalesce(w.id, core.uuid7()), w.company_id, w.instance_id, w.provider, w.address, coalesce(w.headers, '{}'),
           pg_catalog.decode(w.body, 'base64'), coalesce(w.state, 'applied'), w.reason
      FROM pg_catalog.jsonb_to_recordset(coalesce(p_webhooks, '[]')) AS w (
           id uuid, company_id uuid, instance_id uuid, provider text, address text, headers jsonb, body text, state text, reason text)
        ON CONFLICT (id) DO NOTHING;
    GET DIAGNOSTICS kept = ROW_COUNT;
    RETURN kept;
END
$fn$;
COMMENT ON FUNCTION core.keep_webhooks_@_v1(jsonb) IS
    'Keeps webhooks as they came, in the statement of their effect: [{company_id, instance_id, provider, address, headers, body in base64, state, reason}, …].';

CREATE OR REPLACE FUNCTION core.list_webhooks_@_v1(p_company uuid, p_provider text, p_reason text, p_state text, p_before uuid, p_limit int)
    RETURNS TABLE (id uuid, company_id uuid, instance_id uuid, provider text, address text, state text, reason text, headers text,
                   body_length int, received_at timestamptz, settled_at timestamptz, settled_by text, settled_reason text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $fn$
    SELECT w.id, w.company_id, w.instance_id, w.provider, w.address, w.state, w.reason, w.headers::text,
           length(w.body), w.received_at, w.settled_at, w.settled_by, w.settled_reason
      -- Two branches, so that the many that were applied are passed over by the partial index.
      FROM (SELECT * FROM core.webhook_inbox_@ p
             WHERE p.state <> 'applied' AND p_state IS DISTINCT FROM 'applied' AND (p_state IS NULL OR p.state = p_state)
            UNION ALL
            SELECT * FROM core.webhook_inbox_@ a
             WHERE a.state = 'applied' AND p_state = 'applied') w
     WHERE (p_company IS NULL OR w.company_id = p_company)
       AND (p_provider IS NULL OR w.provider = p_provider)
       AND (p_reason IS NULL OR w.reason = p_reason)
       AND (p_before IS NULL OR w.id < p_before)
     ORDER BY w.id DESC
     LIMIT p_limit
$fn$;
COMMENT ON FUNCTION core.list_webhooks_@_v1(uuid, text, text, text, uuid, int) IS
    'Kept webhooks without their bodies, newest first, from before an id; without a state, those that are or were parked.';

CREATE OR REPLACE FUNCTION core.show_webhook_@_v1(p_id uuid)
    RETURNS TABLE (id uuid, company_id uuid, instance_id uuid, provider text, address text, state text, reason text, headers text,
                   body_length int, received_at timestamptz, settled_at timestamptz, settled_by text, settled_reason text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $fn$
    SELECT w.id, w.company_id, w.instance_id, w.provider, w.address, w.state, w.reason, w.headers::text,
           length(w.body), w.received_at, w.settled_at, w.settled_by, w.settled_reason
      FROM core.webhook_inbox_@ w
     WHERE w.id = p_id
$fn$;
COMMENT ON FUNCTION core.show_webhook_@_v1(uuid) IS 'One kept webhook without its body, or nothing.';

CREATE OR REPLACE FUNCTION core.discard_webhook_@_v1(p_id uuid, p_by text, p_reason text, p_company uuid DEFAULT NULL,
                                                     p_now timestamptz DEFAULT clock_timestamp()) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $fn$
BEGIN
    UPDATE core.webhook_inbox_@ w SET state = 'discarded', settled_at = p_now, settled_by = p_by, settled_reason = p_reason
     WHERE w.id = p_id AND w.state = 'parked' AND (p_company IS NULL OR w.company_id = p_company);
    IF FOUND THEN
        RETURN 'discarded';
    END IF;
    RETURN CASE WHEN EXISTS (SELECT FROM core.webhook_inbox_@ w WHERE w.id = p_id AND (p_company IS NULL OR w.company_id = p_company))
                THEN 'settled' ELSE 'unknown' END;
END
$fn$;
COMMENT ON FUNCTION core.discard_webhook_@_v1(uuid, text, text, uuid, timestamptz) IS 'Gives a parked webhook up, with a reason. Answers discarded, settled or unknown.';

CREATE OR REPLACE FUNCTION core.read_webhook_@_v1(p_id uuid)
    RETURNS TABLE (id uuid, company_id uuid, instance_id uuid, provider text, address text, state text, reason text, headers text, body bytea,
                   received_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $fn$
    SELECT w.id, w.company_id, w.instance_id, w.provider, w.address, w.state, w.reason, w.headers::text, w.body, w.received_at
      FROM core.webhook_inbox_@ w
     WHERE w.id = p_id
$fn$;
COMMENT ON FUNCTION core.read_webhook_@_v1(uuid) IS 'One kept webhook as it came, for the service that received it.';

CREATE OR REPLACE FUNCTION core.lock_webhook_@_v1(p_id uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $fn$
BEGIN
    PERFORM FROM core.webhook_inbox_@ w WHERE w.id = p_id AND w.state = 'parked' FOR UPDATE SKIP LOCKED;
    RETURN FOUND;
END
$fn$;
COMMENT ON FUNCTION core.lock_webhook_@_v1(uuid) IS
    'True when a webhook is parked and nobody is settling it; then nobody else does until the transaction ends. Waits for nobody. '
    'Who handles it calls this first, so that of two one has an effect.';

CREATE OR REPLACE FUNCTION core.mark_webhook_@_v1(p_id uuid, p_state text, p_by text, p_company uuid, p_instance uuid,
                                                  p_now timestamptz DEFAULT clock_timestamp()) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $fn$
BEGIN
    UPDATE core.webhook_inbox_@ w
       SET state = p_state, settled_at = p_now, settled_by = p_by,
           company_id = coalesce(w.company_id, p_company), instance_id = coalesce(w.instance_id, p_instance)
     WHERE w.id = p_id AND w.state = 'parked';
    RETURN FOUND;
END
$fn$;
COMMENT ON FUNCTION core.mark_webhook_@_v1(uuid, text, text, uuid, uuid, timestamptz) IS
    'Settles a parked webhook, and says whose it is where that was not known; false when it was not parked any more.';

CREATE OR REPLACE FUNCTION core.window_webhooks_@_v4(p_from timestamptz, p_to timestamptz, p_instance uuid, p_after_at timestamptz, p_after uuid, p_limit int)
    RETURNS TABLE (id uuid, instance_id uuid, state text, body_length int, received_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $fn$
    SELECT w.id, w.instance_id, w.state, length(w.body), w.received_at
      FROM core.webhook_inbox_@ w
     WHERE w.received_at >= greatest(p_from, p_after_at) AND w.received_at < p_to
       AND (p_instance IS NULL OR w.instance_id = p_instance OR w.instance_id IS NULL)
       -- By what it was and not by its row, which its retention may have ended meanwhile.
       AND (p_after IS NULL OR (w.received_at, w.id) > (p_after_at, p_after))
       AND w.state <> 'discarded'
     ORDER BY w.received_at, w.id
     LIMIT p_limit
$fn$;
COMMENT ON FUNCTION core.window_webhooks_@_v4(timestamptz, timestamptz, uuid, timestamptz, uuid, int) IS
    'What was received in a stretch of time, in order, after a time and an id, so that projections can be rebuilt from it; each is read by itself, as bodies may be large. '
    'With an instance: its own, and what came for no single one.';
$ddl$, '@', p_suffix);

    FOREACH name IN ARRAY ARRAY['park_event_@_v1(uuid, uuid, text, text, jsonb, jsonb, text, text)',
                                'keep_webhook_@_v1(uuid, text, text, jsonb, bytea, text, uuid)', 'keep_webhooks_@_v1(jsonb)',
                                'read_webhook_@_v1(uuid)', 'lock_webhook_@_v1(uuid)', 'mark_webhook_@_v1(uuid, text, text, uuid, uuid, timestamptz)',
                                'window_webhooks_@_v4(timestamptz, timestamptz, uuid, timestamptz, uuid, int)'] LOOP
        PERFORM core.hand_to_relay(replace(name, '@', p_suffix), p_app_role);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['list_parked_@_v1(uuid, text, text, text, uuid, int)', 'read_parked_@_v1(uuid)',
                                'reprocess_parked_@_v1(uuid, text, uuid, timestamptz)', 'discard_parked_@_v1(uuid, text, text, uuid, timestamptz)',
                                'list_webhooks_@_v1(uuid, text, text, text, uuid, int)',
                                'discard_webhook_@_v1(uuid, text, text, uuid, timestamptz)'] LOOP
        PERFORM core.hand_to_relay(replace(name, '@', p_suffix), 'backoffice_app');
    END LOOP;
    PERFORM core.hand_to_relay(replace('show_webhook_@_v1(uuid)', '@', p_suffix), 'backoffice_app', p_app_role);
END
$make$;
COMMENT ON FUNCTION core.make_inbox_functions(text, text) IS 'Makes the functions on a service''s parked events and kept webhooks.';
REVOKE ALL ON FUNCTION core.make_inbox_functions(text, text) FROM PUBLIC;

DO $$
DECLARE
    suffix text;
BEGIN
    FOR suffix IN SELECT substr(c.relname, 8) FROM pg_catalog.pg_class c
                   WHERE c.relnamespace = 'core'::regnamespace AND c.relkind = 'r' AND c.relname ~ '^outbox_[a-z]+$' LOOP
        PERFORM core.make_outbox_functions(suffix, suffix || '_app');
        PERFORM core.make_inbox_functions(suffix, suffix || '_app');
    END LOOP;
END
$$;
