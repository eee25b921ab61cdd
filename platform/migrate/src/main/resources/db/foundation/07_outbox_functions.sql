-- The functions of a service's relay and of its cleaning, which work before or across companies. Made again by every migrate step, so that a
-- changed body reaches services that are there already; takes no lock on a table.
SET ROLE core_migrator;

CREATE OR REPLACE FUNCTION core.make_outbox_functions(p_suffix text, p_app_role text) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $make$
DECLARE
    name text;
BEGIN
    -- Plans are kept, also those made while the outbox was empty: hence never a sequential scan in what every event goes through.
    EXECUTE replace($ddl$
CREATE OR REPLACE FUNCTION core.append_events_@_v1(p_events jsonb) RETURNS int
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

CREATE OR REPLACE FUNCTION core.lease_outbox_@_v1(p_limit int, p_lease interval, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, id uuid, event_id uuid, type text, version int, subject uuid, seq bigint, occurred_at timestamptz,
                   correlation_id uuid, causation_id uuid, traceparent text, producer text, replay boolean, only_group text, payload text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $fn$
#variable_conflict use_column
BEGIN
    -- A lease that a crash of the database forgets costs a repeat, so its commit need not wait for the disk.
    PERFORM pg_catalog.set_config('synchronous_commit', 'off', true);
    RETURN QUERY
    WITH due AS MATERIALIZED (
        SELECT o.ctid AS place
          FROM core.outbox_@ o
         WHERE o.published_at IS NULL AND o.refused_reason IS NULL AND (o.leased_until IS NULL OR o.leased_until < p_now)
         ORDER BY o.position
         LIMIT p_limit
           FOR UPDATE SKIP LOCKED),
    leased AS (
        UPDATE core.outbox_@ o SET leased_until = p_now + p_lease
          FROM due
         -- Where the row lies, not its key: planned for a table that was empty when it was vacuumed, a look-up by key goes
         -- through all of it. One that was changed before it was locked lies elsewhere, and is leased next time.
         WHERE o.ctid = due.place
        RETURNING o.*)
    SELECT l.company_id, l.id, coalesce(l.event_id, l.id), l.type, l.version, l.subject, l.seq, l.occurred_at, l.correlation_id, l.causation_id,
           l.traceparent, l.producer, l.replay, l.only_group, l.payload::text
      FROM leased l
     ORDER BY l.position;
END
$fn$;
COMMENT ON FUNCTION core.lease_outbox_@_v1(int, interval, timestamptz) IS 'Unpublished events, oldest first, held for one relay. Several relays drain side by side.';

CREATE OR REPLACE FUNCTION core.mark_outbox_@_v1(p_companies uuid[], p_ids uuid[], p_entries text[], p_generation uuid,
                                                 p_now timestamptz DEFAULT clock_timestamp()) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $fn$
DECLARE
    marked int;
BEGIN
    PERFORM pg_catalog.set_config('synchronous_commit', 'off', true);
    UPDATE core.outbox_@ o SET published_at = p_now, leased_until = NULL, entry_id = m.entry_id, generation = p_generation
      FROM unnest(p_companies, p_ids, p_entries) AS m (company_id, id, entry_id)
     WHERE o.company_id = m.company_id AND o.id = m.id AND o.published_at IS NULL;
    GET DIAGNOSTICS marked = ROW_COUNT;
    RETURN marked;
END
$fn$;
COMMENT ON FUNCTION core.mark_outbox_@_v1(uuid[], uuid[], text[], uuid, timestamptz) IS 'Marks events that Redis has accepted, with the entries it made of them.';

CREATE OR REPLACE FUNCTION core.release_outbox_@_v1(p_companies uuid[], p_ids uuid[], p_refused_reason text) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $fn$
DECLARE
    released int;
BEGIN
    UPDATE core.outbox_@ o SET leased_until = NULL, refused_reason = p_refused_reason
      FROM unnest(p_companies, p_ids) AS m (company_id, id)
     WHERE o.company_id = m.company_id AND o.id = m.id AND o.published_at IS NULL;
    GET DIAGNOSTICS released = ROW_COUNT;
    RETURN released;
END
$fn$;
COMMENT ON FUNCTION core.release_outbox_@_v1(uuid[], uuid[], text) IS 'Gives leased events back at once; with a reason, gives them up for an operator.';

CREATE OR REPLACE FUNCTION core.outbox_backlog_@_v1() RETURNS TABLE (unpublished bigint, oldest_at timestamptz, refused bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $fn$
    SELECT (SELECT count(*) FROM (SELECT FROM core.outbox_@ o WHERE o.published_at IS NULL AND o.refused_reason IS NULL LIMIT 10000) u),
           (SELECT o.created_at FROM core.outbox_@ o WHERE o.published_at IS NULL AND o.refused_reason IS NULL ORDER BY o.position LIMIT 1),
           (SELECT count(*) FROM (SELECT FROM core.outbox_@ o WHERE o.refused_reason IS NOT NULL LIMIT 10000) r)
$fn$;
COMMENT ON FUNCTION core.outbox_backlog_@_v1() IS 'What waits for publication, counted up to ten thousand.';

CREATE OR REPLACE FUNCTION core.outbox_kinds_@_v1() RETURNS TABLE (type text, generation uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $fn$
    WITH RECURSIVE kinds AS (
        (SELECT o.type, o.generation FROM core.outbox_@ o WHERE o.generation IS NOT NULL ORDER BY o.type, o.generation LIMIT 1)
        UNION ALL
        SELECT n.type, n.generation
          FROM kinds k CROSS JOIN LATERAL (
               SELECT o.type, o.generation FROM core.outbox_@ o
                WHERE o.generation IS NOT NULL AND (o.type, o.generation) > (k.type, k.generation)
                ORDER BY o.type, o.generation LIMIT 1) n)
    SELECT k.type, k.generation FROM kinds k
$fn$;
COMMENT ON FUNCTION core.outbox_kinds_@_v1() IS 'Types and generations of what is published, found by skipping through the index.';

CREATE OR REPLACE FUNCTION core.unpublish_outbox_@_v1(p_generation uuid, p_limit int) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $fn$
DECLARE
    kind record;
    finished numeric;
    freed int := 0;
    changed int;
BEGIN
    PERFORM pg_catalog.set_config('synchronous_commit', 'off', true);
    FOR kind IN SELECT k.type, k.generation FROM core.outbox_kinds_@_v1() k WHERE k.generation <> p_generation LOOP
        SELECT min(core.entry_order(m.finished_id)) INTO finished
          FROM core.stream_marks m WHERE m.stream = kind.type AND m.generation = kind.generation;
        -- Read now, and no mark of then is left: nothing counts as finished. Repeats are harmless, a gap is not.
        IF finished IS NULL AND EXISTS (SELECT FROM core.stream_marks m WHERE m.stream = kind.type AND m.generation = p_generation) THEN
            finished := 0;
        END IF;
        CONTINUE WHEN finished IS NULL;
        WITH beyond AS MATERIALIZED (
            SELECT o.company_id, o.id
              FROM core.outbox_@ o
             WHERE o.type = kind.type AND o.generation = kind.generation AND core.entry_order(o.entry_id) > finished
             ORDER BY core.entry_order(o.entry_id)
             LIMIT p_limit - freed
               FOR UPDATE SKIP LOCKED)
        UPDATE core.outbox_@ o SET published_at = NULL, leased_until = NULL, generation = NULL, entry_id = NULL
          FROM beyond
         WHERE o.company_id = beyond.company_id AND o.id = beyond.id;
        GET DIAGNOSTICS changed = ROW_COUNT;
        freed := freed + changed;
        EXIT WHEN freed >= p_limit;
    END LOOP;
    RETURN freed;
END
$fn$;
COMMENT ON FUNCTION core.unpublish_outbox_@_v1(uuid, int) IS
    'Has events published again that an earlier life of Redis took and that not every group of their stream had finished. A stream nobody works on is left alone; where a life left no marks, nothing counts as finished.';

CREATE OR REPLACE FUNCTION core.clean_@_v1(p_limit int, p_now timestamptz DEFAULT clock_timestamp()) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $fn$
DECLARE
    kind record;
    up_to numeric;
    outbox int := 0;
    gone int := 0;
    changed int;
BEGIN
    FOR kind IN SELECT k.type, k.generation FROM core.outbox_kinds_@_v1() k LOOP
        -- Never beyond what every group has finished; an entry's id begins with the time of its publication.
        SELECT least(min(core.entry_order(m.finished_id)),
                     core.entry_order(floor(extract(epoch FROM p_now - interval '3 days') * 1000)::text)) INTO up_to
          FROM core.stream_marks m WHERE m.stream = kind.type AND m.generation = kind.generation
        HAVING count(*) > 0
            OR NOT EXISTS (SELECT FROM core.stream_marks g
                            WHERE g.stream = kind.type
                              AND g.generation = (SELECT l.generation FROM core.stream_marks l ORDER BY l.updated_at DESC LIMIT 1));
        -- Read by somebody now, and no mark of that life is left: none of it may go before it was published again.
        CONTINUE WHEN up_to IS NULL;
        DELETE FROM core.outbox_@ d
         USING (SELECT o.company_id, o.id
                  FROM core.outbox_@ o
                 WHERE o.type = kind.type AND o.generation = kind.generation AND core.entry_order(o.entry_id) <= up_to
                 ORDER BY core.entry_order(o.entry_id)
                 LIMIT p_limit - outbox
                   FOR UPDATE SKIP LOCKED) old
         WHERE d.company_id = old.company_id AND d.id = old.id;
        GET DIAGNOSTICS changed = ROW_COUNT;
        outbox := outbox + changed;
        EXIT WHEN outbox >= p_limit;
    END LOOP;

    DELETE FROM core.consumed_events_@ d
     USING (SELECT c.company_id, c.event_id, c.consumer FROM core.consumed_events_@ c
             WHERE c.consumed_at < p_now - interval '90 days'
             ORDER BY c.consumed_at LIMIT p_limit FOR UPDATE SKIP LOCKED) old
     WHERE d.company_id = old.company_id AND d.event_id = old.event_id AND d.consumer = old.consumer;
    GET DIAGNOSTICS changed = ROW_COUNT;
    gone := outbox + changed;

    DELETE FROM core.parked_events_@ d
     USING (SELECT p.id FROM core.parked_events_@ p
             WHERE p.parked_at < p_now - interval '30 days'
               AND (p.settled_at < p_now - interval '30 days' OR p.parked_at < p_now - interval '60 days')
             ORDER BY p.parked_at LIMIT p_limit FOR UPDATE SKIP LOCKED) old
     WHERE d.id = old.id;
    GET DIAGNOSTICS changed = ROW_COUNT;
    gone := gone + changed;

    DELETE FROM core.webhook_inbox_@ d
     USING (SELECT w.id FROM core.webhook_inbox_@ w
             WHERE w.received_at < p_now - interval '7 days'
             ORDER BY w.received_at, w.id LIMIT p_limit FOR UPDATE SKIP LOCKED) old
     WHERE d.id = old.id;
    GET DIAGNOSTICS changed = ROW_COUNT;
    gone := gone + changed;

    -- Marks of a generation that nobody writes any more; never those of the latest one, however long the fleet was off, nor of the one
    -- before it, from which a service that starts later has yet to learn what must be published again.
    DELETE FROM core.stream_marks m
     WHERE m.updated_at < p_now - interval '7 days'
       AND m.generation IN (SELECT g.generation FROM core.stream_marks g
                             GROUP BY g.generation
                             ORDER BY max(g.updated_at) DESC OFFSET 2)
       AND m.generation NOT IN (SELECT g.generation FROM core.stream_marks g WHERE g.updated_at >= p_now - interval '7 days');
    RETURN gone;
END
$fn$;
COMMENT ON FUNCTION core.clean_@_v1(int, timestamptz) IS 'Deletes what its retention has ended for, at most so many rows of each table; 0 when there is nothing left to do.';
$ddl$, '@', p_suffix);

    FOREACH name IN ARRAY ARRAY['append_events_@_v1(jsonb)', 'lease_outbox_@_v1(int, interval, timestamptz)',
                                'mark_outbox_@_v1(uuid[], uuid[], text[], uuid, timestamptz)', 'release_outbox_@_v1(uuid[], uuid[], text)',
                                'outbox_backlog_@_v1()', 'unpublish_outbox_@_v1(uuid, int)', 'clean_@_v1(int, timestamptz)'] LOOP
        PERFORM core.hand_to_relay(replace(name, '@', p_suffix), p_app_role);
    END LOOP;
    PERFORM core.hand_to_relay(replace('outbox_kinds_@_v1()', '@', p_suffix));
END
$make$;
COMMENT ON FUNCTION core.make_outbox_functions(text, text) IS 'Makes the functions of a service''s relay and of its cleaning.';

CREATE OR REPLACE FUNCTION core.hand_to_relay(p_function text, VARIADIC p_app_roles text[] DEFAULT '{}') RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    app text;
BEGIN
    EXECUTE format('ALTER FUNCTION core.%s OWNER TO core_relay', p_function);
    EXECUTE format('REVOKE ALL ON FUNCTION core.%s FROM PUBLIC', p_function);
    FOREACH app IN ARRAY p_app_roles LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION core.%s TO %I', p_function, app);
    END LOOP;
END
$$;
COMMENT ON FUNCTION core.hand_to_relay(text, text[]) IS 'Gives a definer function to its narrow owner and lets only the named logins call it.';
REVOKE ALL ON FUNCTION core.make_outbox_functions(text, text), core.hand_to_relay(text, text[]) FROM PUBLIC;
