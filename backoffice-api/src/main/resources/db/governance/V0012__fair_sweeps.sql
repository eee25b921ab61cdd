-- A company whose rows cannot be mended filled the window of each sweep: the first row of each company comes before the second of any.
-- Functions only, no locks.

CREATE OR REPLACE FUNCTION core.leads_without_deal_v1(p_limit int, p_age interval, p_back interval, p_now timestamptz DEFAULT clock_timestamp())
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

CREATE OR REPLACE FUNCTION core.signatures_without_win_v1(p_limit int, p_age interval, p_back interval, p_now timestamptz DEFAULT clock_timestamp())
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
