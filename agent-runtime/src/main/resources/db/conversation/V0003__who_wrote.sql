-- Finding the lead and the conversation behind any address a provider uses, and the shape of an event row.
-- Inner functions, never granted to a service; they run with the rights of the function that calls them. No locks at migration.

-- What every message calls is plpgsql, which keeps its plans: an SQL function that cannot be inlined is planned anew at each call.

CREATE FUNCTION core.claimed_company() RETURNS uuid
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
    IF core.company() IS NULL THEN
        RAISE EXCEPTION 'no company is claimed in this transaction' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN core.company();
END
$$;
COMMENT ON FUNCTION core.claimed_company() IS 'core.company(), or an error: for functions that only make sense on behalf of a company.';

CREATE FUNCTION core.iso_utc(p_at timestamptz) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = '' AS $$
BEGIN
    RETURN pg_catalog.to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
END
$$;
COMMENT ON FUNCTION core.iso_utc(timestamptz) IS 'A time as events write it, whatever the session''s time zone.';

CREATE FUNCTION core.event_row(p_company uuid, p_type text, p_subject uuid, p_seq bigint, p_payload jsonb, p_trace jsonb, p_now timestamptz)
    RETURNS jsonb LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
BEGIN
    RETURN pg_catalog.jsonb_build_object(
        'id', core.uuid7(), 'company_id', p_company, 'type', p_type, 'version', 1, 'subject', p_subject, 'seq', p_seq,
        'occurred_at', core.iso_utc(p_now), 'correlation_id', p_trace ->> 'correlation_id',
        'causation_id', p_trace ->> 'causation_id', 'traceparent', p_trace ->> 'traceparent',
        'payload', pg_catalog.jsonb_strip_nulls(p_payload));
END
$$;
COMMENT ON FUNCTION core.event_row(uuid, text, uuid, bigint, jsonb, jsonb, timestamptz) IS 'One event as append_events_…_v1 takes it.';

-- Which of the two spellings a provider uses depends on the area code and on when the number was registered. Landlines
-- (second half starting with 2 to 5) have no ninth digit and are left alone.
CREATE FUNCTION core.phone_spellings(p_phone text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = '' AS $$
DECLARE
    v_digits constant text := pg_catalog.regexp_replace(pg_catalog.split_part(pg_catalog.split_part(p_phone, '@', 1), ':', 1), '\D', '', 'g');
BEGIN
    IF v_digits !~ '^[0-9]{6,20}$' THEN
        RETURN '{}';
    ELSIF v_digits ~ '^55[1-9][1-9]9[6-9][0-9]{7}$' THEN
        RETURN ARRAY[v_digits, left(v_digits, 4) || right(v_digits, 8)];
    ELSIF v_digits ~ '^55[1-9][1-9][6-9][0-9]{7}$' THEN
        RETURN ARRAY[left(v_digits, 4) || '9' || right(v_digits, 8), v_digits];
    END IF;
    RETURN ARRAY[v_digits];
END
$$;
COMMENT ON FUNCTION core.phone_spellings(text) IS 'Every spelling a phone may arrive in, the full one first. Brazilian mobiles: with and without the ninth digit.';

-- The one rule of how identities are spelled; spelled_identities gives the same as rows.
CREATE FUNCTION core.spell_identities(p_channel text, p_chat_ref text, p_identities jsonb, OUT kinds text[], OUT identities text[])
    LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
DECLARE
    v_given  constant int := coalesce(pg_catalog.jsonb_array_length(p_identities), 0);
    v_kind   text;
    v_value  text;
    v_phones text[];
BEGIN
    FOR place IN 0 .. v_given LOOP
        -- The chat's own address is an identity too: the person at that address is the person.
        IF place = v_given THEN
            v_kind := CASE p_channel WHEN 'instagram' THEN 'igsid' WHEN 'telegram' THEN 'telegram' ELSE 'jid' END;
            v_value := pg_catalog.btrim(p_chat_ref);
        ELSE
            v_kind := p_identities -> place ->> 'kind';
            v_value := pg_catalog.btrim(p_identities -> place ->> 'value');
        END IF;
        CONTINUE WHEN v_value IS NULL OR v_value = '';
        IF v_value LIKE '%@lid' THEN
            v_kind := 'lid';
        ELSIF v_kind = 'jid' AND v_value NOT LIKE '%@%' THEN
            v_kind := 'phone';
        END IF;
        IF v_kind = 'phone' OR (v_kind = 'jid' AND (v_value LIKE '%@s.whatsapp.net' OR v_value LIKE '%@c.us')) THEN
            v_phones := core.phone_spellings(v_value);
            kinds := kinds || pg_catalog.array_fill('phone'::text, ARRAY[cardinality(v_phones)]);
            identities := identities || v_phones;
        END IF;
        -- An e-mail is how to reach somebody, never who somebody is: anyone can type it.
        IF v_kind NOT IN ('phone', 'email') THEN
            kinds := array_append(kinds, v_kind);
            -- 123:7@lid is the seventh device of 123@lid.
            identities := array_append(identities, CASE v_kind
                WHEN 'jid' THEN lower(pg_catalog.regexp_replace(v_value, ':[0-9]+@', '@'))
                WHEN 'lid' THEN pg_catalog.split_part(pg_catalog.split_part(v_value, '@', 1), ':', 1)
                ELSE v_value END);
        END IF;
    END LOOP;
    SELECT coalesce(pg_catalog.array_agg(x.kind ORDER BY x.kind, x.value), '{}'), coalesce(pg_catalog.array_agg(x.value ORDER BY x.kind, x.value), '{}')
      INTO kinds, identities
      FROM (SELECT DISTINCT u.kind, u.value FROM unnest(kinds, identities) AS u (kind, value)) AS x;
END
$$;
COMMENT ON FUNCTION core.spell_identities(text, text, jsonb) IS 'The identities of a message in their one spelling (phones: all), as two arrays in the order in which they are locked.';

CREATE FUNCTION core.spelled_identities(p_channel text, p_chat_ref text, p_identities jsonb)
    RETURNS TABLE (kind text, value text) LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
    SELECT u.kind, u.value
      FROM core.spell_identities(p_channel, p_chat_ref, p_identities) AS s
     CROSS JOIN LATERAL unnest(s.kinds, s.identities) WITH ORDINALITY AS u (kind, value, place)
     ORDER BY u.place
$$;
COMMENT ON FUNCTION core.spelled_identities(text, text, jsonb) IS 'The identities of a message in their one spelling (phones: all), in the order in which they are locked.';

-- Looking for a person and making one are two statements, each with a snapshot of its own. Whoever does both holds these locks
-- from before the look until the transaction ends: two first messages of one person, in whatever spellings, stand in line.
CREATE FUNCTION core.lock_people(p_addresses text[]) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_key bigint;
BEGIN
    -- In the order of the keys themselves, so that two batches with the same people never wait for each other in a circle.
    FOR v_key IN SELECT DISTINCT pg_catalog.hashtextextended('person ' || a, 0) AS key FROM unnest(p_addresses) AS a ORDER BY key LOOP
        PERFORM pg_catalog.pg_advisory_xact_lock(v_key);
    END LOOP;
END
$$;
COMMENT ON FUNCTION core.lock_people(text[]) IS 'Lets one transaction at a time look for and make the people behind these addresses ("<company> <kind> <value>"). Call it once, with all of them, before any row is locked.';

-- The caller holds lock_people on all of these. Should it not, whoever loses the first identity looks again and joins.
-- A plan that was made while the table of identities was empty takes any index for as good as another, and
-- stays. Only the key sorts by value, and OFFSET 0 keeps the look a look of its own: so it is the key that is
-- probed, here and wherever intake looks up identities, a conversation by its chat, a message by its provider's id.
CREATE FUNCTION core.find_or_make_lead(p_company uuid, p_kinds text[], p_values text[], p_preferred uuid, p_lead jsonb, p_now timestamptz,
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
COMMENT ON FUNCTION core.find_or_make_lead(uuid, text[], text[], uuid, jsonb, timestamptz) IS 'The lead behind any of these identities; identities not seen before are added to it.';

CREATE FUNCTION core.complete_lead(p_company uuid, p_lead_id uuid, p_lead jsonb, p_now timestamptz) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    UPDATE core.leads l
       SET name = coalesce(l.name, p_lead ->> 'name'), phone = coalesce(l.phone, p_lead ->> 'phone'),
           email = coalesce(l.email, p_lead ->> 'email'), instance_id = coalesce(l.instance_id, (p_lead ->> 'instance_id')::uuid),
           attribution = coalesce(p_lead -> 'attribution', '{}') || l.attribution, updated_at = p_now
     WHERE l.company_id = p_company AND l.id = p_lead_id
       AND ((l.name IS NULL AND p_lead ->> 'name' IS NOT NULL) OR (l.phone IS NULL AND p_lead ->> 'phone' IS NOT NULL)
            OR (l.email IS NULL AND p_lead ->> 'email' IS NOT NULL)
            OR NOT l.attribution ?& ARRAY(SELECT pg_catalog.jsonb_object_keys(coalesce(p_lead -> 'attribution', '{}'))));
END
$$;
COMMENT ON FUNCTION core.complete_lead(uuid, uuid, jsonb, timestamptz) IS 'Fills in what was not known of a lead; what is known stays. Call it with the conversation locked, as turns do.';

CREATE FUNCTION core.find_conversation(p_company uuid, p_instance uuid, p_chat_ref text, p_kinds text[], p_values text[]) RETURNS uuid
    LANGUAGE sql STABLE SET search_path = '' AS $$
    SELECT coalesce(
        (SELECT c.id FROM core.conversations c
          WHERE c.company_id = p_company AND c.instance_id = p_instance AND c.chat_ref BETWEEN p_chat_ref AND p_chat_ref
          ORDER BY c.chat_ref OFFSET 0),
        (SELECT c.id
           FROM unnest(p_kinds, p_values) AS k (kind, value)
          CROSS JOIN LATERAL (
                SELECT i.lead_id FROM core.lead_identities i
                 WHERE i.company_id = p_company AND i.kind = k.kind AND i.value BETWEEN k.value AND k.value
                 ORDER BY i.value OFFSET 0) AS i
          CROSS JOIN LATERAL (
                SELECT o.id, o.created_at FROM core.conversations o
                 WHERE o.company_id = p_company AND o.lead_id = i.lead_id AND o.instance_id = p_instance OFFSET 0) AS c
          ORDER BY c.created_at, c.id
          LIMIT 1))
$$;
COMMENT ON FUNCTION core.find_conversation(uuid, uuid, text, text[], text[]) IS 'The conversation an address means, without locking; NULL when there is none.';

CREATE FUNCTION core.find_or_make_conversation(p_company uuid, p_lead_id uuid, p_instance uuid, p_channel text, p_chat_ref text,
                                               p_delivered boolean, p_now timestamptz)
    RETURNS core.conversations LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_conversation core.conversations%ROWTYPE;
BEGIN
    SELECT c.* INTO v_conversation
      FROM core.conversations c
     WHERE c.company_id = p_company AND c.instance_id = p_instance AND c.chat_ref = p_chat_ref
       FOR UPDATE;
    IF FOUND THEN
        RETURN v_conversation;
    END IF;

    SELECT c.* INTO v_conversation
      FROM core.conversations c
     WHERE c.company_id = p_company AND c.lead_id = p_lead_id AND c.instance_id = p_instance
     ORDER BY c.created_at, c.id
     LIMIT 1
       FOR UPDATE;
    IF FOUND THEN
        -- The provider's newest spelling is the one it delivers to; but a privacy id never replaces a number, and an address that
        -- somebody merely typed replaces nothing.
        IF p_delivered AND p_chat_ref NOT LIKE '%@lid' THEN
            UPDATE core.conversations c SET chat_ref = p_chat_ref, updated_at = p_now
             WHERE c.company_id = p_company AND c.id = v_conversation.id
            RETURNING c.* INTO v_conversation;
        END IF;
        RETURN v_conversation;
    END IF;

    INSERT INTO core.conversations (company_id, lead_id, instance_id, channel, chat_ref, created_at, updated_at)
    VALUES (p_company, p_lead_id, p_instance, p_channel, p_chat_ref, p_now, p_now)
        ON CONFLICT (company_id, instance_id, chat_ref) DO NOTHING
    RETURNING * INTO v_conversation;
    IF NOT FOUND THEN
        SELECT c.* INTO STRICT v_conversation
          FROM core.conversations c
         WHERE c.company_id = p_company AND c.instance_id = p_instance AND c.chat_ref = p_chat_ref
           FOR UPDATE;
    END IF;
    RETURN v_conversation;
END
$$;
COMMENT ON FUNCTION core.find_or_make_conversation(uuid, uuid, uuid, text, text, boolean, timestamptz) IS 'The conversation of a lead at an instance, locked until the transaction ends; made when there is none. p_delivered: the provider told us this address, so an open conversation moves to it.';

REVOKE ALL ON FUNCTION core.claimed_company(), core.iso_utc(timestamptz),
    core.event_row(uuid, text, uuid, bigint, jsonb, jsonb, timestamptz), core.phone_spellings(text),
    core.spell_identities(text, text, jsonb), core.spelled_identities(text, text, jsonb),
    core.find_or_make_lead(uuid, text[], text[], uuid, jsonb, timestamptz), core.complete_lead(uuid, uuid, jsonb, timestamptz),
    core.find_conversation(uuid, uuid, text, text[], text[]),
    core.find_or_make_conversation(uuid, uuid, uuid, text, text, boolean, timestamptz), core.lock_people(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.claimed_company(), core.iso_utc(timestamptz),
    core.event_row(uuid, text, uuid, bigint, jsonb, jsonb, timestamptz) TO core_intake, core_turns, core_delivery;
GRANT EXECUTE ON FUNCTION core.phone_spellings(text), core.spell_identities(text, text, jsonb),
    core.find_or_make_lead(uuid, text[], text[], uuid, jsonb, timestamptz),
    core.find_or_make_conversation(uuid, uuid, uuid, text, text, boolean, timestamptz), core.lock_people(text[]) TO core_intake, core_rebuild;
GRANT EXECUTE ON FUNCTION core.spelled_identities(text, text, jsonb), core.complete_lead(uuid, uuid, jsonb, timestamptz),
    core.find_conversation(uuid, uuid, text, text[], text[]) TO core_intake;
