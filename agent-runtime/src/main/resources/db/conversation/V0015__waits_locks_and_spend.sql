-- What a model asked us to wait for outlives a takeover; intake locks what it will change in one order; a
-- model's answer is counted in the transaction of what came of it. Adds one empty column: a short lock on
-- conversations, nothing is rewritten.

ALTER TABLE core.conversations ADD COLUMN throttled_until timestamptz;
COMMENT ON COLUMN core.conversations.throttled_until IS 'Until when a model asked us to wait here; it stays when that is over. A turn that was told so holds a lease of that length under a fence of nobody, a conversation left to people keeps the lease, and a first contact waits for it. A turn asks nevertheless where only a first contact was told so.';

-- As before, but for the lease: what a model asked us to wait for is not over because a person came and went.
CREATE OR REPLACE FUNCTION core.take_conversation(p_conversation core.conversations, p_by text, p_reason text, p_message uuid,
                                                  p_trace jsonb, p_now timestamptz) RETURNS jsonb
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_epoch  bigint;
    v_events jsonb;
BEGIN
    UPDATE core.conversations c
       SET state = 'human', epoch = c.epoch + 1, burst_started_at = NULL, turn_due_at = NULL, lease_until = c.throttled_until,
           updated_at = p_now
     WHERE c.company_id = p_conversation.company_id AND c.id = p_conversation.id AND c.state <> 'human'
    RETURNING c.epoch INTO v_epoch;
    IF NOT FOUND THEN
        RETURN '[]';
    END IF;
    v_events := core.supersede_bubbles(p_conversation.company_id, p_conversation.id, NULL, 'taken_over', p_now);
    INSERT INTO core.takeovers (company_id, conversation_id, taken_by, reason, message_id, epoch, taken_at)
    VALUES (p_conversation.company_id, p_conversation.id, p_by, p_reason, p_message, v_epoch, p_now);
    RETURN v_events || pg_catalog.jsonb_build_array(core.event_row(p_conversation.company_id, 'takeover', p_conversation.id, v_epoch,
        pg_catalog.jsonb_build_object('conversation', p_conversation.id, 'state', 'TAKEN', 'by', upper(p_by)), p_trace, p_now));
END
$$;

-- Whoever locks several of these locks them in this order: people (lock_people), conversations by company and
-- id, leads who wait for a place by company and id, the month's places. A mark locks its conversation only
-- when nobody knows its message yet (known_message's conditions), "still typing" only when a deadline waits.
-- A plan that was made while the table of identities was empty takes any index for as good as another, and
-- stays. Only the key sorts by value, and OFFSET 0 keeps the look a look of its own: so it is the key that is
-- probed, here and below.
CREATE FUNCTION core.lock_batch(p_all core.intake_item[]) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_companies     uuid[];
    v_conversations uuid[];
    v_leads         uuid[];
BEGIN
    SELECT pg_catalog.array_agg(w.company_id), pg_catalog.array_agg(w.id)
      INTO v_companies, v_conversations
      FROM (SELECT DISTINCT c.company_id, c.id
              FROM unnest(p_all) AS e
             CROSS JOIN LATERAL (
                   SELECT k.company_id, k.id, k.turn_due_at
                     FROM core.conversations k
                    WHERE k.company_id = e.company_id AND k.instance_id = e.instance_id AND k.chat_ref = e.item ->> 'chat_ref'
                   UNION ALL
                   SELECT k.company_id, k.id, k.turn_due_at
                     FROM unnest(e.kinds, e.identities) AS x (kind, value)
                    CROSS JOIN LATERAL (
                          SELECT i.lead_id FROM core.lead_identities i
                           WHERE i.company_id = e.company_id AND i.kind = x.kind AND i.value BETWEEN x.value AND x.value
                           ORDER BY i.value OFFSET 0) AS i
                     JOIN core.conversations k
                       ON k.company_id = e.company_id AND k.lead_id = i.lead_id AND k.instance_id = e.instance_id) AS c
             WHERE CASE WHEN e.item ->> 'what' IN ('message', 'echo') THEN true
                        WHEN e.item ->> 'what' = 'presence' THEN c.turn_due_at IS NOT NULL
                        ELSE NOT EXISTS (
                            SELECT FROM core.messages m
                              JOIN core.conversations o ON o.company_id = m.company_id AND o.id = m.conversation_id
                             WHERE m.company_id = e.company_id
                               AND m.provider_message_id = CASE e.item ->> 'what'
                                   WHEN 'reaction' THEN coalesce(e.item ->> 'reply_to', e.item ->> 'provider_message_id')
                                   ELSE e.item ->> 'provider_message_id' END
                               AND o.instance_id = e.instance_id
                               AND (o.channel <> 'telegram' OR o.chat_ref = e.item ->> 'chat_ref')) END) AS w;
    PERFORM c.id
       FROM unnest(v_companies, v_conversations) AS k (company_id, id)
       JOIN core.conversations c ON c.company_id = k.company_id AND c.id = k.id
      ORDER BY c.company_id, c.id
        FOR NO KEY UPDATE OF c;

    SELECT pg_catalog.array_agg(w.company_id), pg_catalog.array_agg(w.lead_id)
      INTO v_companies, v_leads
      FROM (SELECT DISTINCT e.company_id, i.lead_id
              FROM unnest(p_all) AS e
             CROSS JOIN LATERAL unnest(e.kinds, e.identities) AS x (kind, value)
             CROSS JOIN LATERAL (
                   SELECT i.lead_id FROM core.lead_identities i
                    WHERE i.company_id = e.company_id AND i.kind = x.kind AND i.value BETWEEN x.value AND x.value
                    ORDER BY i.value OFFSET 0) AS i
             WHERE e.item ->> 'what' IN ('message', 'echo')) AS w;
    PERFORM l.id
       FROM unnest(v_companies, v_leads) AS k (company_id, id)
       JOIN core.leads l ON l.company_id = k.company_id AND l.id = k.id
      WHERE l.over_plan_at IS NOT NULL
      ORDER BY l.company_id, l.id
        FOR NO KEY UPDATE OF l;
END
$$;
COMMENT ON FUNCTION core.lock_batch(core.intake_item[]) IS 'Locks what a batch of several items will change, in the one order, before any item is worked on. The caller holds lock_people on the addresses.';
ALTER FUNCTION core.lock_batch(core.intake_item[]) OWNER TO core_intake;
REVOKE ALL ON FUNCTION core.lock_batch(core.intake_item[]) FROM PUBLIC;

-- As before, but that each identity is looked up by its key, and so is its lead.
CREATE OR REPLACE FUNCTION core.find_or_make_lead(p_company uuid, p_kinds text[], p_values text[], p_preferred uuid, p_lead jsonb, p_now timestamptz,
                                                  OUT lead_id uuid, OUT created boolean)
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_new constant uuid := core.uuid7();
BEGIN
    created := false;
    LOOP
        lead_id := coalesce(p_preferred, (
            SELECT l.id
              FROM unnest(p_kinds, p_values) AS k (kind, value)
             CROSS JOIN LATERAL (
                   SELECT i.lead_id FROM core.lead_identities i
                    WHERE i.company_id = p_company AND i.kind = k.kind AND i.value BETWEEN k.value AND k.value
                    ORDER BY i.value OFFSET 0) AS i
             CROSS JOIN LATERAL (
                   SELECT l.id, l.created_at FROM core.leads l WHERE l.id = i.lead_id OFFSET 0) AS l
             ORDER BY l.created_at, l.id
             LIMIT 1));
        EXIT WHEN lead_id IS NOT NULL;
        INSERT INTO core.lead_identities (company_id, kind, value, lead_id, created_at)
        SELECT p_company, k.kind, k.value, v_new, p_now
          FROM unnest(p_kinds, p_values) AS k (kind, value)
         ORDER BY k.kind, k.value
         LIMIT 1
            ON CONFLICT (company_id, kind, value) DO NOTHING;
        created := FOUND OR coalesce(cardinality(p_kinds), 0) = 0;
        EXIT WHEN created;
    END LOOP;

    IF created THEN
        INSERT INTO core.leads (id, company_id, name, phone, email, source, instance_id, attribution, created_at, updated_at)
        VALUES (v_new, p_company, p_lead ->> 'name', p_lead ->> 'phone', p_lead ->> 'email', p_lead ->> 'source',
                (p_lead ->> 'instance_id')::uuid, coalesce(p_lead -> 'attribution', '{}'), p_now, p_now);
        lead_id := v_new;
    END IF;
    INSERT INTO core.lead_identities (company_id, kind, value, lead_id, created_at)
    SELECT p_company, k.kind, k.value, find_or_make_lead.lead_id, p_now
      FROM unnest(p_kinds, p_values) AS k (kind, value)
     WHERE NOT EXISTS (SELECT FROM core.lead_identities i
                        WHERE i.company_id = p_company AND i.kind = k.kind AND i.value BETWEEN k.value AND k.value
                        ORDER BY i.value OFFSET 0)
     ORDER BY k.kind, k.value
        ON CONFLICT (company_id, kind, value) DO NOTHING;
END
$$;

-- As before, but for the order of the locks, and each identity is looked up by its key.
CREATE OR REPLACE FUNCTION core.plain_messages(p_all core.intake_item[], OUT places int[], OUT conversations uuid[])
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    -- One item locks in that order by itself.
    IF cardinality(p_all) > 1 THEN
        PERFORM core.lock_batch(p_all);
    END IF;
    SELECT pg_catalog.array_agg(w.place), pg_catalog.array_agg(w.id)
      INTO places, conversations
      FROM (SELECT e.place, c.id, bool_and(coalesce(e.item ->> 'what' = 'message'
                       AND pg_catalog.jsonb_typeof(e.item -> 'referral') IS DISTINCT FROM 'object'
                       AND (l.name IS NOT NULL OR coalesce(e.item ->> 'name', '') = '')
                       AND (l.phone IS NOT NULL OR NOT 'phone' = ANY (e.kinds))
                       AND l.instance_id IS NOT NULL AND l.over_plan_at IS NULL AND c.held_for IS NULL
                       AND NOT EXISTS (SELECT FROM unnest(e.kinds, e.identities) AS k (kind, value)
                                        WHERE NOT EXISTS (SELECT FROM core.lead_identities i
                                                           WHERE i.company_id = e.company_id AND i.kind = k.kind
                                                             AND i.value BETWEEN k.value AND k.value
                                                           ORDER BY i.value OFFSET 0)),
                       false)) OVER (PARTITION BY c.company_id, c.id) AS plain
              FROM unnest(p_all) AS e
              JOIN core.conversations c
                ON c.company_id = e.company_id AND c.instance_id = e.instance_id AND c.chat_ref = e.item ->> 'chat_ref'
              JOIN core.leads l ON l.company_id = c.company_id AND l.id = c.lead_id
             WHERE e.item ->> 'what' IN ('message', 'echo')) AS w
     WHERE w.plain;
    -- Locked before they are read again.
    PERFORM c.id
       FROM unnest(conversations) AS k (id)
       JOIN core.conversations c ON c.id = k.id
      ORDER BY c.company_id, c.id
        FOR NO KEY UPDATE OF c;
END
$$;

-- As before, but that it waits for nobody: what is locked is being changed by somebody who knows better, and
-- the next look comes soon.
CREATE OR REPLACE FUNCTION core.make_stranded_bursts_due_v1(p_limit int, p_age interval, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    resumed int;
BEGIN
    WITH stranded AS MATERIALIZED (
        SELECT s.company_id, s.id
          FROM core.companies k
         CROSS JOIN LATERAL (
               SELECT c.company_id, c.id
                 FROM core.conversations c
                WHERE c.company_id = k.id AND c.state = 'ai' AND c.turn_due_at IS NULL AND c.inbound_seq > c.answered_seq
                  AND c.last_inbound_at <= p_now - p_age
                ORDER BY c.last_inbound_at
                LIMIT p_limit) AS s
         WHERE k.status = 'active'
         LIMIT p_limit),
    ours AS MATERIALIZED (
        SELECT c.company_id, c.id
          FROM stranded s
          JOIN core.conversations c ON c.company_id = s.company_id AND c.id = s.id
         -- Asked again under the lock: the lead may have written, or been answered.
         WHERE c.state = 'ai' AND c.turn_due_at IS NULL AND c.inbound_seq > c.answered_seq
           AND (c.lease_until IS NULL OR c.lease_until <= p_now)
           FOR UPDATE OF c SKIP LOCKED)
    UPDATE core.conversations c
       SET burst_started_at = coalesce(c.burst_started_at, p_now), turn_due_at = p_now, updated_at = p_now
      FROM ours o
     WHERE c.company_id = o.company_id AND c.id = o.id;
    GET DIAGNOSTICS resumed = ROW_COUNT;
    RETURN resumed;
END
$$;

-- In the transaction of what came of the answer, last in it: the month's rows are locked for no longer than
-- the commit takes. It may never end that transaction, because the words are there and are paid for; nor hold
-- it up for long, because intake waits for its conversation.
CREATE FUNCTION core.count_model_call_v2(p_company uuid, p_model text, p_input int, p_output int, p_seconds int,
                                         p_now timestamptz DEFAULT clock_timestamp()) RETURNS text
    LANGUAGE plpgsql SET search_path = '' SET lock_timeout = '500ms' AS $$
DECLARE
    v_price jsonb;
BEGIN
    v_price := (SELECT l.prices -> p_model FROM core.price_list l);
    -- In one order for all, so that two calls never wait for each other in a circle.
    INSERT INTO core.usage_months AS u (company_id, month, what, share, used, updated_at)
    SELECT p_company, core.plan_month_v1(p_company, p_now), n.what, core.usage_share(), n.used, p_now
      FROM (VALUES ('inputTokens', p_input::bigint),
                   ('modelSpend', pg_catalog.round((p_input::numeric + p_seconds) * (v_price ->> 'input')::numeric
                                                   + p_output * (v_price ->> 'output')::numeric)::bigint),
                   ('outputTokens', p_output::bigint),
                   ('unpricedTokens', CASE WHEN v_price IS NULL THEN p_input::bigint + p_output END)) AS n (what, used)
     WHERE n.used > 0
     ORDER BY n.what
        ON CONFLICT (company_id, month, what, share) DO UPDATE SET used = u.used + excluded.used, updated_at = p_now;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE;
END
$$;
COMMENT ON FUNCTION core.count_model_call_v2(uuid, text, int, int, int, timestamptz) IS 'One answer of a model, whether it was used or not; what kept it from being counted, or NULL. A model without a price costs nothing and its tokens are counted as unpriced; one that tells seconds instead of tokens costs its price of what is read for each. Seconds of a model without a price are counted nowhere.';

-- For replicas of the release before.
CREATE OR REPLACE FUNCTION core.count_model_call_v1(p_company uuid, p_model text, p_input int, p_output int,
                                                    p_now timestamptz DEFAULT clock_timestamp()) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    PERFORM core.count_model_call_v2(p_company, p_model, p_input, p_output, 0, p_now);
END
$$;
COMMENT ON FUNCTION core.count_model_call_v1(uuid, text, int, int, timestamptz) IS 'count_model_call_v2 without seconds, for the release before.';
REVOKE ALL ON FUNCTION core.count_model_call_v2(uuid, text, int, int, int, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.count_model_call_v2(uuid, text, int, int, int, timestamptz) TO runtime_app;
