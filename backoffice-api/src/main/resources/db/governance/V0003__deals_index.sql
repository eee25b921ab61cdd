-- Each company keeps its deals in its own schema; the holding reads them here. A trigger in every company schema keeps this index and announces the change.
-- Only creates, no locks.

CREATE TABLE core.company_crms (
    company_id        uuid PRIMARY KEY REFERENCES core.companies (id),
    id                uuid NOT NULL DEFAULT core.uuid7(),
    schema_name       text NOT NULL CHECK (schema_name ~ '^empresa_[a-z][a-z0-9_]{1,39}$'),
    template_version  int NOT NULL DEFAULT 0,
    as_made           text,
    created_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id)
);
-- A schema has one owner. Global on purpose: the deal trigger knows its company by this name alone.
CREATE UNIQUE INDEX company_crms_schema_key ON core.company_crms (schema_name);
COMMENT ON TABLE core.company_crms IS 'Which schema belongs to a company and the last template step it has. Retention: life of the company.';
COMMENT ON COLUMN core.company_crms.as_made IS 'What the rows of the schema said when our steps had made any last; NULL: unknown, then it is not undone. Says nothing of a company that became active.';
SELECT core.protect('core.company_crms', 'backoffice_app', 'SELECT');
SELECT core.admit('core.company_crms', 'core_provisioner', 'SELECT,INSERT,UPDATE');
SELECT core.admit('core.company_crms', 'core_deals', 'SELECT');
SELECT core.admit('core.company_crms', 'core_sweep', 'SELECT');

CREATE TABLE core.deals_index (
    id            uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id    uuid NOT NULL REFERENCES core.companies (id),
    deal_id       uuid NOT NULL,
    core_lead_id  uuid NOT NULL,
    schema_name   text NOT NULL,
    title         text NOT NULL,
    status        text NOT NULL CHECK (status IN ('open', 'won', 'lost')),
    stage         text NOT NULL,
    value_cents   bigint NOT NULL DEFAULT 0 CHECK (value_cents >= 0),
    currency      text NOT NULL,
    contract_id   uuid,
    first_won_at  timestamptz,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    UNIQUE (company_id, id),
    UNIQUE (company_id, deal_id)
);
CREATE INDEX deals_index_lead_idx ON core.deals_index (company_id, core_lead_id);
-- The owner's list over all companies reads newest first.
CREATE INDEX deals_index_newest_idx ON core.deals_index (deal_id DESC);
CREATE INDEX deals_index_won_idx ON core.deals_index (updated_at) WHERE first_won_at IS NOT NULL;
COMMENT ON INDEX core.deals_index_won_idx IS 'Serves facts_without_conversion_v1: deals won of late.';
COMMENT ON TABLE core.deals_index IS 'Mirror of every company''s deals, written only by the deal trigger. Retention: life of the company.';
COMMENT ON COLUMN core.deals_index.first_won_at IS 'When the deal was won for the first time; stays when a person takes the win back, so that nothing wins it again by itself.';
SELECT core.protect('core.deals_index', 'backoffice_app', 'SELECT');
SELECT core.protect('core.deals_index', 'capi_app', 'SELECT');
SELECT core.protect('core.deals_index', 'autentique_app', 'SELECT');
SELECT core.admit('core.deals_index', 'backoffice_reader', 'SELECT');
SELECT core.admit('core.deals_index', 'core_deals', 'SELECT,INSERT,UPDATE');
SELECT core.admit('core.deals_index', 'core_sweep', 'SELECT');

GRANT EXECUTE ON FUNCTION core.append_events_backoffice_v1(jsonb) TO core_deals;

-- The trigger's caller may be a company's own front, which knows nothing of events: what the back office adds (who caused it) comes by a transaction-local setting.
CREATE FUNCTION core.deal_event_v1(p_company uuid, p_type text, p_deal uuid, p_version bigint, p_payload jsonb)
    RETURNS jsonb
    LANGUAGE plpgsql VOLATILE SET search_path = ''
AS $$
DECLARE
    trace jsonb := coalesce(nullif(pg_catalog.current_setting('centurions.trace', true), '')::jsonb, '{}');
    event uuid := core.uuid7();
BEGIN
    RETURN pg_catalog.jsonb_build_object(
        'id', event, 'company_id', p_company, 'type', p_type, 'version', 1, 'subject', p_deal, 'seq', p_version,
        'occurred_at', pg_catalog.clock_timestamp(), 'correlation_id', coalesce(trace ->> 'correlation_id', event::text),
        'causation_id', trace ->> 'causation_id', 'traceparent', trace ->> 'traceparent',
        'payload', pg_catalog.jsonb_strip_nulls(p_payload));
END
$$;
ALTER FUNCTION core.deal_event_v1(uuid, text, uuid, bigint, jsonb) OWNER TO core_deals;
REVOKE ALL ON FUNCTION core.deal_event_v1(uuid, text, uuid, bigint, jsonb) FROM PUBLIC;

CREATE FUNCTION core.deal_changed_v1() RETURNS trigger
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
    -- The front sees no lead of core, so this tells it nothing of others': theirs and none at all are refused alike.
    IF TG_OP = 'INSERT' AND NOT EXISTS (SELECT FROM core.leads l WHERE l.company_id = owner_company AND l.id = NEW.core_lead_id) THEN
        RAISE EXCEPTION 'this company has no lead %', NEW.core_lead_id USING ERRCODE = '23503';
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
ALTER FUNCTION core.deal_changed_v1() OWNER TO core_deals;
REVOKE ALL ON FUNCTION core.deal_changed_v1() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.deal_changed_v1() TO core_provisioner;
COMMENT ON FUNCTION core.deal_changed_v1() IS 'After each insert or update of a company''s deal: mirrors it and writes deal.created, deal.won, deal.lost. The company is that of the schema it fires in; a new deal is of one of its leads.';
