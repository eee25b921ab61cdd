-- A lead from a web form: who it is by the number left, the conversation in which we write first, and the consent given.
-- Functions only, no locks.

-- A form is filled in by whoever likes, about whomever they like. So only the number says who it is (the first words go to that
-- very number), an e-mail is written down and nothing else, and a conversation that is open keeps its address.
-- Owned by core_intake: the company is the form's. The form is read here again, because whose it is decides whose the lead is.
CREATE FUNCTION core.receive_form_lead_v1(p_form uuid, lead jsonb, p_now timestamptz DEFAULT clock_timestamp()) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_submission   constant uuid := core.uuid7();
    v_email        constant text := nullif(lower(btrim(lead ->> 'email')), '');
    v_form         record;
    v_phone        text;
    v_person       text;
    v_kinds        text[];
    v_identities   text[];
    v_described    jsonb;
    v_lead         record;
    v_known        uuid;
    v_conversation core.conversations%ROWTYPE;
    v_folded       boolean;
BEGIN
    SELECT f.company_id, f.enabled, k.locale, k.status, i.id AS instance_id, i.channel, i.deleted_at
      INTO v_form
      FROM core.lead_forms f
      JOIN core.companies k ON k.id = f.company_id
      LEFT JOIN core.channel_instances i ON i.company_id = f.company_id AND i.id = f.instance_id
     WHERE f.id = p_form;
    IF NOT FOUND OR NOT v_form.enabled OR v_form.status = 'archived' THEN
        RETURN '{"outcome": "unknown_form", "events": []}';
    END IF;

    -- People type their number as they would dial it at home: 0 (11) 98765-4321.
    v_phone := regexp_replace(lead ->> 'phone', '\D', '', 'g');
    IF v_form.locale = 'pt-BR' AND lead ->> 'phone' !~ '^\s*(\+|00)' AND ltrim(v_phone, '0') ~ '^[1-9]{2}[2-9][0-9]{7,8}$' THEN
        v_phone := '55' || ltrim(v_phone, '0');
    END IF;
    v_phone := (core.phone_spellings(ltrim(v_phone, '0')))[1];
    v_person := coalesce('phone:' || v_phone, 'email:' || v_email);
    IF v_person IS NULL THEN
        RAISE EXCEPTION 'a form lead needs a phone or an e-mail' USING ERRCODE = 'invalid_parameter_value';
    END IF;

    SELECT coalesce(array_agg(x.kind), '{}'), coalesce(array_agg(x.value), '{}') INTO v_kinds, v_identities
      FROM core.spelled_identities(v_form.channel, NULL, jsonb_build_array(jsonb_build_object('kind', 'phone', 'value', v_phone))) AS x;
    PERFORM core.lock_people(array_append(
        ARRAY(SELECT v_form.company_id || ' ' || k.kind || ' ' || k.value FROM unnest(v_kinds, v_identities) AS k (kind, value)),
        v_form.company_id || ' form ' || v_person));

    SELECT s.lead_id INTO v_known
      FROM core.form_submissions s
     WHERE s.company_id = v_form.company_id AND s.form_id = p_form AND s.person = v_person AND s.announced
       AND s.created_at > p_now - interval '24 hours'
     ORDER BY s.created_at DESC
     LIMIT 1;
    v_folded := FOUND;
    IF NOT v_folded THEN
        SELECT c.lead_id INTO v_known
          FROM core.conversations c
         WHERE c.company_id = v_form.company_id AND c.instance_id = v_form.instance_id AND c.chat_ref = v_phone;
    END IF;

    v_described := jsonb_strip_nulls(jsonb_build_object(
        'name', nullif(btrim(lead ->> 'name'), ''), 'phone', v_phone, 'email', v_email,
        'source', 'form', 'instance_id', v_form.instance_id,
        'attribution', jsonb_strip_nulls(jsonb_build_object('event_id', lead ->> 'event_id')
            || jsonb_strip_nulls(coalesce(nullif(lead -> 'attribution', 'null'), '{}')))));
    SELECT f.* INTO v_lead
      FROM core.find_or_make_lead(v_form.company_id, v_kinds, v_identities, v_known, v_described, p_now) AS f;

    IF v_phone IS NOT NULL AND v_form.channel = 'whatsapp' AND v_form.deleted_at IS NULL THEN
        v_conversation := core.open_conversation(v_form.company_id, v_lead.lead_id, v_form.instance_id, v_form.channel, v_phone, false, p_now);
    END IF;
    PERFORM core.complete_lead(v_form.company_id, v_lead.lead_id, v_described, p_now) WHERE NOT v_lead.created;
    PERFORM core.keep_form_consent(v_form.company_id, v_lead.lead_id, p_form, lead, p_now);
    INSERT INTO core.form_submissions (id, company_id, form_id, lead_id, person, announced, attribution, consent, created_at)
    VALUES (v_submission, v_form.company_id, p_form, v_lead.lead_id, v_person, NOT v_folded, v_described -> 'attribution',
            nullif(lead -> 'consent', 'null'), p_now);

    RETURN jsonb_build_object(
        'outcome', 'stored', 'company_id', v_form.company_id, 'lead_id', v_lead.lead_id, 'conversation_id', v_conversation.id,
        'submission_id', v_submission, 'duplicate', v_folded,
        'events', CASE WHEN v_folded THEN '[]' ELSE jsonb_build_array(
            core.event_row(v_form.company_id, 'lead.created', v_lead.lead_id, 0, jsonb_build_object(
                'lead', v_lead.lead_id, 'source', 'FORM', 'conversation', v_conversation.id), lead -> 'trace', p_now)
            || jsonb_build_object('id', v_submission)) END);
END
$$;
COMMENT ON FUNCTION core.receive_form_lead_v1(uuid, jsonb, timestamptz) IS 'Keeps a lead {name, phone, email, consent, event_id, attribution, trace} of a form. The same person with the same form within 24 hours is folded; after that they are found, completed and announced again. The event''s id is the submission''s.';

-- An unticked box is no refusal. And what a form says never undoes a refusal: anybody can type a number and tick a box.
CREATE FUNCTION core.keep_form_consent(p_company uuid, p_lead_id uuid, p_form uuid, p_lead jsonb, p_now timestamptz) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_consent constant jsonb := CASE jsonb_typeof(p_lead -> 'consent')
        WHEN 'object' THEN '{"given": true}' || (p_lead -> 'consent')
        WHEN 'boolean' THEN jsonb_build_object('given', p_lead -> 'consent') ELSE '{"given": false}' END;
BEGIN
    INSERT INTO core.consents (company_id, lead_id, state, origin, wording, version, stated_at, changed_at)
    SELECT p_company, p_lead_id, 'opted_in', 'form:' || p_form, v_consent ->> 'text', v_consent ->> 'version',
           (v_consent ->> 'at')::timestamptz, p_now
     WHERE v_consent -> 'given' = 'true'
        ON CONFLICT (company_id, lead_id, purpose) DO UPDATE
       SET origin = excluded.origin, wording = excluded.wording, version = excluded.version, stated_at = excluded.stated_at,
           message_id = NULL, changed_at = excluded.changed_at
     WHERE consents.state = 'opted_in';
END
$$;
COMMENT ON FUNCTION core.keep_form_consent(uuid, uuid, uuid, jsonb, timestamptz) IS 'The consent of a form: true, or {given, text, version, at} as the form tells it.';

ALTER FUNCTION core.receive_form_lead_v1(uuid, jsonb, timestamptz) OWNER TO core_intake;
ALTER FUNCTION core.keep_form_consent(uuid, uuid, uuid, jsonb, timestamptz) OWNER TO core_intake;
REVOKE ALL ON FUNCTION core.receive_form_lead_v1(uuid, jsonb, timestamptz),
    core.keep_form_consent(uuid, uuid, uuid, jsonb, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.receive_form_lead_v1(uuid, jsonb, timestamptz) TO backoffice_app;
