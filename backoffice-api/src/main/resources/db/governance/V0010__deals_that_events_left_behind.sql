-- Deals that a lost event never made or won are found by the rows themselves; and the keys of old POSTs are forgotten.
-- Adds a nullable column to core.deals_index and an index to core.idempotency_keys: short locks, no rewrite. Functions otherwise.

ALTER TABLE core.deals_index ADD COLUMN first_won_at timestamptz;
COMMENT ON COLUMN core.deals_index.first_won_at IS 'When the deal was won for the first time; stays when a person takes the win back, so that nothing wins it again by itself.';
CREATE INDEX deals_index_won_idx ON core.deals_index (updated_at) WHERE first_won_at IS NOT NULL;
COMMENT ON INDEX core.deals_index_won_idx IS 'Serves facts_without_conversion_v1: deals won of late.';
CREATE INDEX idempotency_keys_age_idx ON core.idempotency_keys (created_at);
COMMENT ON INDEX core.idempotency_keys_age_idx IS 'Serves forget_idempotency_keys_v1.';

SELECT core.admit('core.deals_index', 'core_sweep', 'SELECT');
SELECT core.admit('core.company_crms', 'core_sweep', 'SELECT');
SELECT core.admit('core.lead_forms', 'core_sweep', 'SELECT');
SELECT core.admit('core.channel_instances', 'core_sweep', 'SELECT');
SELECT core.admit('core.centurion_configs', 'core_sweep', 'SELECT');
SELECT core.admit('core.idempotency_keys', 'core_sweep', 'SELECT,DELETE');

CREATE OR REPLACE FUNCTION core.deal_changed_v1() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
    owner_company uuid;
    facts jsonb := pg_catalog.jsonb_build_object('deal', NEW.id, 'lead', NEW.core_lead_id);
    money jsonb := pg_catalog.jsonb_build_object('valueCents', NEW.value_cents, 'currency', NEW.currency);
    events jsonb := '[]';
BEGIN
    SELECT c.company_id INTO owner_company FROM core.company_crms c WHERE c.schema_name = TG_TABLE_SCHEMA;
    IF owner_company IS NULL OR owner_company <> NEW.company_id THEN
        RAISE EXCEPTION 'schema % belongs to no company, or to another one', TG_TABLE_SCHEMA USING ERRCODE = '42501';
    END IF;

    INSERT INTO core.deals_index AS i (company_id, deal_id, core_lead_id, schema_name, title, status, stage, value_cents,
                                       currency, contract_id, first_won_at, created_at, updated_at)
    VALUES (owner_company, NEW.id, NEW.core_lead_id, TG_TABLE_SCHEMA, NEW.title, NEW.status, NEW.stage, NEW.value_cents,
            NEW.currency, NEW.contract_id, NEW.won_at, NEW.created_at, NEW.updated_at)
    ON CONFLICT (company_id, deal_id) DO UPDATE
       SET title = excluded.title, status = excluded.status, stage = excluded.stage, value_cents = excluded.value_cents,
           currency = excluded.currency, contract_id = excluded.contract_id,
           first_won_at = coalesce(i.first_won_at, excluded.first_won_at), updated_at = excluded.updated_at;

    IF TG_OP = 'INSERT' THEN
        events := events || core.deal_event_v1(owner_company, 'deal.created', NEW.id, NEW.version, facts || money);
    END IF;
    IF NEW.status = 'won' AND (TG_OP = 'INSERT' OR OLD.status <> 'won') THEN
        events := events || core.deal_event_v1(owner_company, 'deal.won', NEW.id, NEW.version,
            facts || money || pg_catalog.jsonb_build_object('wonAt', NEW.won_at));
    END IF;
    IF NEW.status = 'lost' AND (TG_OP = 'INSERT' OR OLD.status <> 'lost') THEN
        -- An event carries a code; what a person typed stays in the company's schema.
        events := events || core.deal_event_v1(owner_company, 'deal.lost', NEW.id, NEW.version,
            facts || pg_catalog.jsonb_build_object('reason', pg_catalog.substring(NEW.lost_reason, '^[a-z][a-z0-9_.-]{0,39}$')));
    END IF;
    IF events <> '[]' THEN
        PERFORM core.append_events_backoffice_v1(events);
    END IF;
    RETURN NULL;
END
$$;

-- plpgsql from here on, so that it binds late: leads and contracts belong to other slices.
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
     ORDER BY l.updated_at
     LIMIT p_limit;
END
$$;
COMMENT ON FUNCTION core.leads_without_deal_v1(int, interval, interval, timestamptz) IS 'Qualified leads older than an age that no deal was made for; ids only. Served by leads_qualified_idx and deals_index_lead_idx.';

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
     ORDER BY c.updated_at
     LIMIT p_limit;
END
$$;
COMMENT ON FUNCTION core.signatures_without_win_v1(int, interval, interval, timestamptz) IS 'Signed contracts whose deal was never won; ids only. A deal that a person took the win from is left alone. Served by contracts_signed_idx.';

CREATE FUNCTION core.forget_idempotency_keys_v1(p_limit int, p_now timestamptz DEFAULT clock_timestamp()) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    forgotten int;
BEGIN
    DELETE FROM core.idempotency_keys k
     WHERE k.ctid = ANY (ARRAY(
           SELECT o.ctid FROM core.idempotency_keys o
            WHERE o.created_at <= p_now - interval '30 days'
            ORDER BY o.created_at
            LIMIT p_limit));
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END
$$;
COMMENT ON FUNCTION core.forget_idempotency_keys_v1(int, timestamptz) IS 'Forgets what repeated POSTs made more than thirty days ago. Served by idempotency_keys_age_idx.';

ALTER FUNCTION core.leads_without_deal_v1(int, interval, interval, timestamptz) OWNER TO core_sweep;
ALTER FUNCTION core.signatures_without_win_v1(int, interval, interval, timestamptz) OWNER TO core_sweep;
ALTER FUNCTION core.forget_idempotency_keys_v1(int, timestamptz) OWNER TO core_sweep;
REVOKE ALL ON FUNCTION core.leads_without_deal_v1(int, interval, interval, timestamptz),
    core.signatures_without_win_v1(int, interval, interval, timestamptz), core.forget_idempotency_keys_v1(int, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.leads_without_deal_v1(int, interval, interval, timestamptz),
    core.signatures_without_win_v1(int, interval, interval, timestamptz), core.forget_idempotency_keys_v1(int, timestamptz) TO backoffice_app;
