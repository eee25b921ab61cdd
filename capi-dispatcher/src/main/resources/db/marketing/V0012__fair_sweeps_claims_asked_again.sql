-- A company whose facts cannot be mended filled the window of the sweep, and a conversion that another worker just put off could be claimed at once.
-- Functions only, no locks.

-- Fair: the first fact of each company comes before the second of any, for each kind of fact.
-- Any row of the fact will do, whatever became of it: what was recorded is settled elsewhere. A fact keeps its own time: a hand-off's
-- id is a UUIDv7 and tells when it was made, where the lead's row has moved on. The lead of a deal may be unknown to core, then there is
-- nobody to tell of. What was rebuilt is not announced.
CREATE OR REPLACE FUNCTION core.facts_without_conversion_v1(p_limit int, p_age interval, p_back interval, p_now timestamptz DEFAULT clock_timestamp())
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

-- Fair: the companies that have waited longest, and of these every company's oldest row before any company's second.
CREATE OR REPLACE FUNCTION core.claim_conversions_v2(p_worker text, p_limit int, p_lease interval, p_companies int, p_except uuid[],
                                          p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, conversion_id uuid)
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
    WITH chosen AS (
        SELECT c.id
          FROM core.companies c
         CROSS JOIN LATERAL (
               SELECT m.next_attempt_at
                 FROM core.marketing_events m
                WHERE m.company_id = c.id AND m.status = 'pending' AND m.next_attempt_at <= p_now
                  AND (m.leased_until IS NULL OR m.leased_until < p_now)
                ORDER BY m.next_attempt_at
                LIMIT 1) oldest
         WHERE c.status = 'active' AND c.id <> ALL (p_except)
         ORDER BY oldest.next_attempt_at, c.id
         LIMIT p_companies),
    ranked AS (
        SELECT next.company_id, next.id, next.place
          FROM chosen
         CROSS JOIN LATERAL (
               SELECT m.company_id, m.id, row_number() OVER (ORDER BY m.next_attempt_at, m.id) AS place
                 FROM core.marketing_events m
                WHERE m.company_id = chosen.id AND m.status = 'pending' AND m.next_attempt_at <= p_now
                  AND (m.leased_until IS NULL OR m.leased_until < p_now)
                ORDER BY m.next_attempt_at, m.id
                LIMIT p_limit) next),
    due AS MATERIALIZED (
        SELECT m.company_id, m.id
          FROM ranked r
          JOIN core.marketing_events m ON m.company_id = r.company_id AND m.id = r.id
         -- Asked again under the lock: another worker may have been faster, and have put it off.
         WHERE m.status = 'pending' AND m.next_attempt_at <= p_now AND (m.leased_until IS NULL OR m.leased_until < p_now)
         ORDER BY r.place, m.company_id
         LIMIT p_limit
           FOR UPDATE OF m SKIP LOCKED)
    UPDATE core.marketing_events m SET leased_by = p_worker, leased_until = p_now + p_lease
      FROM due
     WHERE m.company_id = due.company_id AND m.id = due.id
    RETURNING m.company_id, m.id
$$;
