-- A lead from a web form: the same find-or-make as a first message, and the conversation in which we write first.
-- One function, no locks.

-- Owned by core_intake: the company is the form's. The form is read here again, because whose it is decides whose the lead is.
CREATE FUNCTION core.receive_form_lead_v1(p_form uuid, lead jsonb, p_now timestamptz DEFAULT clock_timestamp()) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_form         record;
    v_phone        text;
    v_kinds        text[];
    v_identities   text[];
    v_described    jsonb;
    v_lead         record;
    v_conversation core.conversations%ROWTYPE;
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

    SELECT array_agg(x.kind), array_agg(x.value) INTO v_kinds, v_identities
      FROM core.spelled_identities(v_form.channel, NULL, jsonb_build_array(
               jsonb_build_object('kind', 'phone', 'value', v_phone), jsonb_build_object('kind', 'email', 'value', lead ->> 'email'))) AS x;
    IF v_kinds IS NULL THEN
        RAISE EXCEPTION 'a form lead needs a phone or an e-mail' USING ERRCODE = 'invalid_parameter_value';
    END IF;

    v_described := jsonb_strip_nulls(jsonb_build_object(
        'name', nullif(btrim(lead ->> 'name'), ''), 'phone', v_phone, 'email', nullif(lower(btrim(lead ->> 'email')), ''),
        'source', 'form', 'instance_id', v_form.instance_id,
        'attribution', jsonb_strip_nulls(coalesce(nullif(lead -> 'attribution', 'null'), '{}'))));
    SELECT f.* INTO v_lead
      FROM core.find_or_make_lead(v_form.company_id, v_kinds, v_identities, NULL, v_described, p_now) AS f;

    IF v_phone IS NOT NULL AND v_form.channel = 'whatsapp' AND v_form.deleted_at IS NULL THEN
        v_conversation := core.open_conversation(v_form.company_id,  v_lead.lead_id, v_form.instance_id, v_form.channel, v_phone, p_now);
    END IF;
    PERFORM core.complete_lead(v_form.company_id, v_lead.lead_id, v_described, p_now) WHERE NOT v_lead.created;

    RETURN jsonb_build_object(
        'outcome', 'stored', 'company_id', v_form.company_id, 'lead_id', v_lead.lead_id, 'conversation_id', v_conversation.id,
        'duplicate', NOT v_lead.created,
        'events', CASE WHEN v_lead.created THEN jsonb_build_array(core.event_row(v_form.company_id, 'lead.created', v_lead.lead_id, 0,
            jsonb_build_object('lead', v_lead.lead_id, 'source', 'FORM', 'conversation', v_conversation.id), lead -> 'trace', p_now))
            ELSE '[]' END);
END
$$;
COMMENT ON FUNCTION core.receive_form_lead_v1(uuid, jsonb, timestamptz) IS 'Keeps a lead {name, phone, email, attribution, trace} of a form. Someone we know already is found, completed and not announced again.';
ALTER FUNCTION core.receive_form_lead_v1(uuid, jsonb, timestamptz) OWNER TO core_intake;
REVOKE ALL ON FUNCTION core.receive_form_lead_v1(uuid, jsonb, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.receive_form_lead_v1(uuid, jsonb, timestamptz) TO backoffice_app;
