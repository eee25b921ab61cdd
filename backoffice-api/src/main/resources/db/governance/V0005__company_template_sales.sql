-- The first two steps of every company's schema: its pipeline, team, services, deals and activities, and the door through which a qualified lead enters.
-- Makes _template_base; nothing else exists yet that could be locked.

INSERT INTO core.template_steps (version, name, sql) VALUES (1, 'sales tables', $step$
CREATE TABLE {{schema}}.pipeline_stages (
    id          uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id  uuid NOT NULL DEFAULT '{{company}}' CHECK (company_id = '{{company}}'),
    key         text NOT NULL CHECK (key ~ '^[a-z][a-z0-9_]{0,39}$'),
    name        text NOT NULL,
    position    int NOT NULL,
    UNIQUE (company_id, id),
    UNIQUE (company_id, key)
);
COMMENT ON TABLE {{schema}}.pipeline_stages IS 'The columns of the sales board. Retention: life of the company.';

CREATE TABLE {{schema}}.team_members (
    id          uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id  uuid NOT NULL DEFAULT '{{company}}' CHECK (company_id = '{{company}}'),
    subject     text,
    name        text NOT NULL,
    active      boolean NOT NULL DEFAULT true,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id)
);
COMMENT ON TABLE {{schema}}.team_members IS 'The company''s salespeople. Retention: life of the company.';

CREATE TABLE {{schema}}.services (
    id           uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id   uuid NOT NULL DEFAULT '{{company}}' CHECK (company_id = '{{company}}'),
    name         text NOT NULL,
    value_cents  bigint CHECK (value_cents >= 0),
    currency     text NOT NULL DEFAULT 'BRL' CHECK (currency ~ '^[A-Z]{3}$'),
    active       boolean NOT NULL DEFAULT true,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id)
);
COMMENT ON TABLE {{schema}}.services IS 'What the company sells. Retention: life of the company.';

CREATE TABLE {{schema}}.deals (
    id            uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id    uuid NOT NULL DEFAULT '{{company}}' CHECK (company_id = '{{company}}'),
    core_lead_id  uuid NOT NULL,
    handoff_id    uuid,
    title         text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
    status        text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'won', 'lost')),
    stage         text NOT NULL DEFAULT 'novo',
    value_cents   bigint NOT NULL DEFAULT 0 CHECK (value_cents >= 0),
    currency      text NOT NULL DEFAULT 'BRL' CHECK (currency ~ '^[A-Z]{3}$'),
    score         int,
    summary       text,
    owner_id      uuid,
    service_id    uuid,
    contract_id   uuid,
    won_at        timestamptz,
    lost_at       timestamptz,
    lost_reason   text,
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    UNIQUE (company_id, core_lead_id, handoff_id),
    FOREIGN KEY (company_id, stage) REFERENCES {{schema}}.pipeline_stages (company_id, key),
    FOREIGN KEY (company_id, owner_id) REFERENCES {{schema}}.team_members (company_id, id),
    FOREIGN KEY (company_id, service_id) REFERENCES {{schema}}.services (company_id, id),
    CHECK ((status = 'won') = (won_at IS NOT NULL)),
    CHECK ((status = 'lost') = (lost_at IS NOT NULL))
);
CREATE INDEX deals_board_idx ON {{schema}}.deals (company_id, status, stage);
COMMENT ON TABLE {{schema}}.deals IS 'Sales in progress and done; each comes from a lead of core. Retention: life of the company.';
COMMENT ON COLUMN {{schema}}.deals.core_lead_id IS 'core.leads.id; not a foreign key, the schema does not depend on the conversation slice.';
COMMENT ON COLUMN {{schema}}.deals.handoff_id IS 'The hand-off that made it, which may be repeated and makes one deal; empty: made by a person.';

CREATE TABLE {{schema}}.activities (
    id          uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id  uuid NOT NULL DEFAULT '{{company}}' CHECK (company_id = '{{company}}'),
    deal_id     uuid NOT NULL,
    kind        text NOT NULL CHECK (kind ~ '^[a-z][a-z0-9_]{0,39}$'),
    title       text NOT NULL,
    body        text,
    details     jsonb NOT NULL DEFAULT '{}',
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    FOREIGN KEY (company_id, deal_id) REFERENCES {{schema}}.deals (company_id, id)
);
CREATE INDEX activities_deal_idx ON {{schema}}.activities (company_id, deal_id, at);
COMMENT ON TABLE {{schema}}.activities IS 'What happened to a deal, the briefing of the hand-off first. Retention: life of the company.';

-- Before row-level security is forced on its owner.
INSERT INTO {{schema}}.pipeline_stages (key, name, position) VALUES
    ('novo', 'Novo', 1), ('contato', 'Em contato', 2), ('proposta', 'Proposta', 3), ('contrato', 'Contrato', 4), ('fechado', 'Fechado', 5);

SELECT core.protect_company_table('{{schema}}.pipeline_stages', 'SELECT,INSERT,UPDATE,DELETE');
SELECT core.protect_company_table('{{schema}}.team_members', 'SELECT,INSERT,UPDATE');
SELECT core.protect_company_table('{{schema}}.services', 'SELECT,INSERT,UPDATE');
SELECT core.protect_company_table('{{schema}}.deals', 'SELECT,INSERT,UPDATE');
SELECT core.protect_company_table('{{schema}}.activities', 'SELECT,INSERT,UPDATE');
GRANT USAGE ON SCHEMA {{schema}} TO backoffice_app, crm_user;
$step$);

INSERT INTO core.template_steps (version, name, sql) VALUES (2, 'deal trigger and hand-off door', $step$
-- Whoever writes a deal, the back office or the company's own front, gets the same times and version. The front may
-- write them and the id of a deal that it makes. One of a time to come, or of no time, would lead every list of
-- the holding for ever and say so in events; no reader of an event knows a year before Christ. Such a time is
-- now.
CREATE FUNCTION {{schema}}.deal_touched() RETURNS trigger
    LANGUAGE plpgsql SET search_path = ''
AS $body$
DECLARE
    v_now constant timestamptz := pg_catalog.clock_timestamp();
    v_first constant timestamptz := '2000-01-01T00:00Z';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.core_lead_id) <> (OLD.id, OLD.core_lead_id) OR NEW.handoff_id IS DISTINCT FROM OLD.handoff_id THEN
            RAISE EXCEPTION 'the origin of a deal does not change' USING ERRCODE = '23514';
        END IF;
        NEW.version := OLD.version + 1;
        NEW.created_at := CASE WHEN OLD.created_at BETWEEN v_first AND v_now THEN OLD.created_at ELSE v_now END;
        NEW.updated_at := v_now;
    ELSE
        -- Lists go by the id, whose first 48 bits are milliseconds; a front's clock may be a minute ahead.
        IF pg_catalog.left(pg_catalog.replace(NEW.id::text, '-', ''), 12)
           > pg_catalog.lpad(pg_catalog.to_hex((extract(epoch FROM v_now) * 1000)::bigint + 60000), 12, '0') THEN
            RAISE EXCEPTION 'the id of a deal is made here: leave it out' USING ERRCODE = '23514';
        END IF;
        NEW.version := 1;
        NEW.created_at := CASE WHEN NEW.created_at BETWEEN v_first AND v_now THEN NEW.created_at ELSE v_now END;
        NEW.updated_at := v_now;
    END IF;
    NEW.won_at := CASE WHEN NEW.status = 'won' THEN
        CASE WHEN NEW.won_at BETWEEN v_first AND v_now THEN NEW.won_at ELSE v_now END END;
    NEW.lost_at := CASE WHEN NEW.status = 'lost' THEN
        CASE WHEN NEW.lost_at BETWEEN v_first AND v_now THEN NEW.lost_at ELSE v_now END END;
    RETURN NEW;
END
$body$;
REVOKE ALL ON FUNCTION {{schema}}.deal_touched() FROM PUBLIC;
CREATE TRIGGER deal_touched BEFORE INSERT OR UPDATE ON {{schema}}.deals
    FOR EACH ROW EXECUTE FUNCTION {{schema}}.deal_touched();
CREATE TRIGGER deal_changed AFTER INSERT OR UPDATE ON {{schema}}.deals
    FOR EACH ROW EXECUTE FUNCTION core.deal_changed_v1();

-- The one door through which a qualified lead becomes a deal. A hand-off that comes again finds its deal and changes nothing.
CREATE FUNCTION {{schema}}.fn_receive_lead(p_core_lead_id uuid, p_handoff uuid, p_briefing jsonb) RETURNS uuid
    LANGUAGE plpgsql SET search_path = ''
AS $body$
DECLARE
    deal uuid;
BEGIN
    INSERT INTO {{schema}}.deals (core_lead_id, handoff_id, title, score, summary, value_cents, currency)
    VALUES (p_core_lead_id, p_handoff, coalesce(nullif(p_briefing ->> 'title', ''), 'Lead'), (p_briefing ->> 'score')::int,
            p_briefing ->> 'summary', coalesce((p_briefing ->> 'valueCents')::bigint, 0), coalesce(p_briefing ->> 'currency', 'BRL'))
    ON CONFLICT (company_id, core_lead_id, handoff_id) DO NOTHING
    RETURNING id INTO deal;
    IF deal IS NULL THEN
        SELECT d.id INTO STRICT deal FROM {{schema}}.deals d
         WHERE d.company_id = '{{company}}' AND d.core_lead_id = p_core_lead_id AND d.handoff_id = p_handoff;
        RETURN deal;
    END IF;
    INSERT INTO {{schema}}.activities (deal_id, kind, title, body, details)
    VALUES (deal, 'handoff', 'Lead qualificado', p_briefing ->> 'summary', p_briefing);
    RETURN deal;
END
$body$;
REVOKE ALL ON FUNCTION {{schema}}.fn_receive_lead(uuid, uuid, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {{schema}}.fn_receive_lead(uuid, uuid, jsonb) TO backoffice_app;
COMMENT ON FUNCTION {{schema}}.fn_receive_lead(uuid, uuid, jsonb) IS 'Makes the deal of a hand-off, once, with its briefing as the first activity; returns the deal.';
$step$);

SELECT core.migrate_template_v1();
