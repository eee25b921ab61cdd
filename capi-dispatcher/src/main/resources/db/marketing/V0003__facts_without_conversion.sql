-- Facts of other slices that Meta should be told of and that have no row yet, because their event was lost; conversions that nobody sends; old attempts and conversions are forgotten.
-- Functions only, no locks.

-- Fair: the first fact of each company comes before the second of any, for each kind of fact, so that a company whose facts cannot be
-- recorded holds up nobody.
-- Any row of the fact will do, whatever became of it: what was recorded is settled elsewhere. A fact keeps its own time: a hand-off's
-- id is a UUIDv7 and tells when it was made, where the lead's row has moved on. The lead of a deal may be unknown to core, then there is
-- nobody to tell of. What was rebuilt is not announced.
-- plpgsql, so that it binds late: leads, deals and contracts belong to other slices.
CREATE FUNCTION core.facts_without_conversion_v1(p_limit int, p_age interval, p_back interval, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (origin text, company_id uuid, lead_id uuid, deal_id uuid, fact_at timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    (SELECT 'lead', l.company_id, l.id, NULL::uuid, l.created_at
       FROM core.companies k
      CROSS JOIN LATERAL (
            -- Its own limit keeps this a look into the index for each company, and never a walk through all leads.
            SELECT w.company_id, w.id, w.created_at, row_number() OVER (ORDER BY w.created_at) AS place
              FROM core.leads w
             WHERE w.company_id = k.id AND w.created_at > p_now - p_back AND w.created_at <= p_now - p_age AND w.rebuilt_at IS NULL
               AND NOT EXISTS (SELECT FROM core.marketing_events m
                                WHERE m.company_id = w.company_id AND m.lead_id = w.id AND m.milestone = 'lead')
             ORDER BY w.created_at
             LIMIT p_limit) AS l
      ORDER BY l.place, l.created_at
      LIMIT p_limit)
     UNION ALL
    (SELECT 'qualified', l.company_id, l.id, NULL,
            CASE WHEN substring(l.handoff_id::text FROM 15 FOR 1) = '7'
                 THEN pg_catalog.to_timestamp(('x' || left(replace(l.handoff_id::text, '-', ''), 12))::bit(48)::bigint / 1000.0)
                 ELSE l.updated_at END
       FROM core.leads l
      WHERE l.stage = 'qualified' AND l.handoff_id IS NOT NULL AND l.rebuilt_at IS NULL
        AND l.updated_at > p_now - p_back AND l.updated_at <= p_now - p_age
        AND NOT EXISTS (SELECT FROM core.marketing_events m
                         WHERE m.company_id = l.company_id AND m.lead_id = l.id AND m.milestone = 'qualified')
      ORDER BY row_number() OVER (PARTITION BY l.company_id ORDER BY l.updated_at), l.updated_at
      LIMIT p_limit)
     UNION ALL
    (SELECT 'won', d.company_id, d.core_lead_id, d.deal_id, d.first_won_at
       FROM core.deals_index d
       JOIN core.leads l ON l.company_id = d.company_id AND l.id = d.core_lead_id
      WHERE d.first_won_at IS NOT NULL AND d.updated_at > p_now - p_back AND d.updated_at <= p_now - p_age
        AND NOT EXISTS (SELECT FROM core.marketing_events m
                         WHERE m.company_id = d.company_id AND m.lead_id = d.core_lead_id AND m.milestone = 'purchase'
                           AND m.deal_id = d.deal_id)
      ORDER BY row_number() OVER (PARTITION BY d.company_id ORDER BY d.updated_at), d.updated_at
      LIMIT p_limit)
     UNION ALL
    (SELECT 'signed', c.company_id, c.lead_id, c.deal_id, c.status_at
       FROM core.contracts c
       JOIN core.deals_index d ON d.company_id = c.company_id AND d.deal_id = c.deal_id
       JOIN core.leads l ON l.company_id = c.company_id AND l.id = c.lead_id
      WHERE c.status = 'signed' AND c.updated_at > p_now - p_back AND c.updated_at <= p_now - p_age
        AND NOT EXISTS (SELECT FROM core.marketing_events m
                         WHERE m.company_id = c.company_id AND m.lead_id = c.lead_id AND m.milestone = 'purchase'
                           AND m.deal_id = c.deal_id)
      ORDER BY row_number() OVER (PARTITION BY c.company_id ORDER BY c.updated_at), c.updated_at
      LIMIT p_limit);
END
$$;
COMMENT ON FUNCTION core.facts_without_conversion_v1(int, interval, interval, timestamptz) IS 'New and qualified leads, won deals and signed contracts older than an age without a conversion; ids only. Served by leads_newest_idx, leads_qualified_idx, deals_index_won_idx, contracts_signed_idx and marketing_events_lead_idx.';

CREATE FUNCTION core.count_overdue_conversions_v1(p_age interval, p_now timestamptz DEFAULT clock_timestamp()) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT coalesce(sum(w.waiting), 0)::bigint
      FROM core.companies k
     CROSS JOIN LATERAL (
           SELECT count(*) AS waiting
             FROM core.marketing_events m
            WHERE m.company_id = k.id AND m.status = 'pending' AND m.next_attempt_at <= p_now - p_age
              AND (m.leased_until IS NULL OR m.leased_until <= p_now)) AS w
     WHERE k.status = 'active'
$$;
COMMENT ON FUNCTION core.count_overdue_conversions_v1(interval, timestamptz) IS 'Conversions of active companies that should have been sent by now. Served by marketing_events_due_idx.';

SELECT core.make_forget_function('dispatch_attempts', 'core.dispatch_attempts', 'started_at', '90 days', 'capi_app');

-- Its tries are forgotten long before; one that is left keeps its conversion.
CREATE FUNCTION core.forget_conversions_v1(p_limit int, p_now timestamptz DEFAULT clock_timestamp()) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    forgotten int;
BEGIN
    DELETE FROM core.marketing_events k
     WHERE k.ctid = ANY (ARRAY(
           SELECT o.ctid FROM core.marketing_events o
            WHERE o.created_at <= p_now - interval '13 months'
              AND NOT EXISTS (SELECT FROM core.dispatch_attempts a WHERE a.company_id = o.company_id AND a.conversion_id = o.id)
            ORDER BY o.created_at
            LIMIT p_limit));
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END
$$;
COMMENT ON FUNCTION core.forget_conversions_v1(int, timestamptz) IS 'Forgets conversions of more than thirteen months ago. Served by marketing_events_age_idx.';

ALTER FUNCTION core.forget_conversions_v1(int, timestamptz) OWNER TO core_sweep;
REVOKE ALL ON FUNCTION core.forget_conversions_v1(int, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.forget_conversions_v1(int, timestamptz) TO capi_app;
ALTER FUNCTION core.facts_without_conversion_v1(int, interval, interval, timestamptz) OWNER TO core_sweep;
ALTER FUNCTION core.count_overdue_conversions_v1(interval, timestamptz) OWNER TO core_delivery;
REVOKE ALL ON FUNCTION core.facts_without_conversion_v1(int, interval, interval, timestamptz),
    core.count_overdue_conversions_v1(interval, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.facts_without_conversion_v1(int, interval, interval, timestamptz),
    core.count_overdue_conversions_v1(interval, timestamptz) TO capi_app;
