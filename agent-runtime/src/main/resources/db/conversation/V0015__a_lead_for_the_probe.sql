-- A deal is of a lead, and the isolation probe's companies have one deal each: this makes them their lead, whom nobody writes to.
-- A function, and a policy under a short exclusive lock on core.leads.

-- Owned by core_rebuild: such a lead takes no place in a plan, no sweep takes it for new, and there is nothing it could announce.
-- No key is named where it may be there: two at once would meet at the other one.
-- plpgsql, so that it binds late: the mark of such companies belongs to another slice.
CREATE FUNCTION core.plant_canary_lead_v1(p_company uuid, p_lead uuid, p_name text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM core.companies k WHERE k.id = p_company AND k.canary) THEN
        RAISE EXCEPTION 'company % is none of the probe', p_company USING ERRCODE = 'P0002';
    END IF;
    INSERT INTO core.leads (id, company_id, name, source) VALUES (p_lead, p_company, p_name, 'form')
        ON CONFLICT DO NOTHING;
END
$$;
ALTER FUNCTION core.plant_canary_lead_v1(uuid, uuid, text) OWNER TO core_rebuild;
REVOKE ALL ON FUNCTION core.plant_canary_lead_v1(uuid, uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.plant_canary_lead_v1(uuid, uuid, text) TO backoffice_app;
COMMENT ON FUNCTION core.plant_canary_lead_v1(uuid, uuid, text) IS 'Gives a company of the isolation probe its lead, without an address and counted nowhere; it has it: changes nothing.';

-- The holding's people see no such company, hence none of its leads, whatever a list asks.
CREATE POLICY no_canaries ON core.leads AS RESTRICTIVE FOR SELECT TO backoffice_reader
    USING (EXISTS (SELECT FROM core.companies k WHERE k.id = leads.company_id));
