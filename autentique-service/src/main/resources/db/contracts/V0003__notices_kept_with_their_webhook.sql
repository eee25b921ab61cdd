-- A notice and the raw webhook that brought it are stored in one statement; an operator restores notices from raw webhooks.
-- Functions only, no locks.

-- The name carries our id before the answer to the document's making has told us the document's.
CREATE FUNCTION core.contract_of_notice(p_document text, p_reference uuid) RETURNS TABLE (company_id uuid, contract_id uuid)
    LANGUAGE sql STABLE SET search_path = '' AS $$
    SELECT c.company_id, c.id
      FROM core.contracts c
     WHERE c.autentique_id = p_document OR c.id = p_reference
     ORDER BY c.autentique_id IS NOT DISTINCT FROM p_document DESC
     LIMIT 1
$$;
COMMENT ON FUNCTION core.contract_of_notice(text, uuid) IS 'The contract that a notice speaks of, by the provider''s id of the document first. Served by contracts_document_idx and contracts_reference_idx.';

-- A contract that is decided is not looked at again, whatever is still told about it.
CREATE FUNCTION core.receive_notice_v1(p_notice jsonb, p_now timestamptz DEFAULT clock_timestamp()) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_owner record;
BEGIN
    SELECT o.* INTO v_owner FROM core.contract_of_notice(p_notice ->> 'document', (p_notice ->> 'reference')::uuid) AS o;
    IF NOT FOUND THEN
        RETURN pg_catalog.jsonb_build_object('outcome', 'unknown_document');
    END IF;
    INSERT INTO core.contract_events (company_id, contract_id, provider_event_id, type, payload, occurred_at, received_at)
    VALUES (v_owner.company_id, v_owner.contract_id, p_notice ->> 'event_id', p_notice ->> 'type', p_notice -> 'payload',
            (p_notice ->> 'occurred_at')::timestamptz, p_now)
        ON CONFLICT (company_id, provider_event_id) DO NOTHING;
    IF NOT FOUND THEN
        RETURN pg_catalog.jsonb_build_object('outcome', 'repeated', 'company_id', v_owner.company_id);
    END IF;
    UPDATE core.contracts c
       SET notices = c.notices + 1, due_at = least(c.due_at, p_now)
     WHERE c.company_id = v_owner.company_id AND c.id = v_owner.contract_id AND c.status = 'sent';
    RETURN pg_catalog.jsonb_build_object('outcome', 'stored', 'company_id', v_owner.company_id);
END
$$;
COMMENT ON FUNCTION core.receive_notice_v1(jsonb, timestamptz) IS 'Stores a notice {document, reference, event_id, type, payload, occurred_at} at its contract, once, and makes the contract due; answers {outcome, company_id}.';

CREATE FUNCTION core.rebuild_notice_v1(p_notice jsonb) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO core.contract_events (company_id, contract_id, provider_event_id, type, payload, occurred_at, received_at)
    SELECT o.company_id, o.contract_id, p_notice ->> 'event_id', p_notice ->> 'type', p_notice -> 'payload',
           (p_notice ->> 'occurred_at')::timestamptz, (p_notice ->> 'received_at')::timestamptz
      FROM core.contract_of_notice(p_notice ->> 'document', (p_notice ->> 'reference')::uuid) AS o
        ON CONFLICT (company_id, provider_event_id) DO NOTHING;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION core.rebuild_notice_v1(jsonb) IS 'Restores a notice that is missing; true when it was. The contract stays as it is: nobody looks at it again.';

ALTER FUNCTION core.receive_notice_v1(jsonb, timestamptz) OWNER TO core_lookup;
ALTER FUNCTION core.rebuild_notice_v1(jsonb) OWNER TO core_rebuild;
REVOKE ALL ON FUNCTION core.contract_of_notice(text, uuid), core.receive_notice_v1(jsonb, timestamptz), core.rebuild_notice_v1(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.contract_of_notice(text, uuid) TO core_lookup, core_rebuild;
GRANT EXECUTE ON FUNCTION core.receive_notice_v1(jsonb, timestamptz), core.rebuild_notice_v1(jsonb) TO autentique_app;
