-- Deals that a lost event never made or won are found by the rows themselves; and the keys of old POSTs are forgotten.
-- Functions only, no locks.

-- Fair: the first row of each company comes before the second of any, so that a company whose rows cannot be mended holds up nobody.
-- plpgsql, so that it binds late: leads and contracts belong to other slices.
CREATE FUNCTION core.leads_without_deal_v1(p_limit int, p_age interval, p_back interval, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, lead_id uuid, handoff_id uuid, score int)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT l.company_id, l.id, l.handoff_id, coalesce(l.score, 0)
      FROM core.leads l
      -- A company without a schema has nowhere to put a deal yet.
      JOIN core.company_crms s ON s.company_id = l.company_id
     WHERE l.stage = 'qualified' AND l.handoff_id IS NOT NULL
       AND l.updated_at > p_now - p_back AND l.updated_at <= p_now - p_age
       AND NOT EXISTS (SELECT FROM core.deals_index d WHERE d.company_id = l.company_id AND d.core_lead_id = l.id)
     ORDER BY row_number() OVER (PARTITION BY l.company_id ORDER BY l.updated_at), l.updated_at
     LIMIT p_limit;
END
$$;
COMMENT ON FUNCTION core.leads_without_deal_v1(int, interval, interval, timestamptz) IS 'Qualified leads older than an age that no deal was made for; ids only. Served by leads_qualified_idx and deals_index_lead_idx.';

-- Fair and late bound in the same way.
CREATE FUNCTION core.signatures_without_win_v1(p_limit int, p_age interval, p_back interval, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, contract_id uuid, deal_id uuid, signed_at timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT c.company_id, c.id, c.deal_id, c.status_at
      FROM core.contracts c
      JOIN core.deals_index d ON d.company_id = c.company_id AND d.deal_id = c.deal_id
     WHERE c.status = 'signed' AND c.updated_at > p_now - p_back AND c.updated_at <= p_now - p_age
       AND d.status <> 'won' AND d.first_won_at IS NULL
     ORDER BY row_number() OVER (PARTITION BY c.company_id ORDER BY c.updated_at), c.updated_at
     LIMIT p_limit;
END
$$;
COMMENT ON FUNCTION core.signatures_without_win_v1(int, interval, interval, timestamptz) IS 'Signed contracts whose deal was never won; ids only. A deal that a person took the win from is left alone. Served by contracts_signed_idx.';

SELECT core.make_forget_function('idempotency_keys', 'core.idempotency_keys', 'created_at', '30 days', 'backoffice_app');

ALTER FUNCTION core.leads_without_deal_v1(int, interval, interval, timestamptz) OWNER TO core_sweep;
ALTER FUNCTION core.signatures_without_win_v1(int, interval, interval, timestamptz) OWNER TO core_sweep;
REVOKE ALL ON FUNCTION core.leads_without_deal_v1(int, interval, interval, timestamptz),
    core.signatures_without_win_v1(int, interval, interval, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.leads_without_deal_v1(int, interval, interval, timestamptz),
    core.signatures_without_win_v1(int, interval, interval, timestamptz) TO backoffice_app;
