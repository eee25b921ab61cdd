-- What a company uses of its plan here is counted where it happens: a lead when it is first made, a model
-- when it has answered. A lead beyond a plan that blocks is kept with every word; its conversation waits
-- for a person, or for room. Only creates; the trigger locks leads for a moment.

-- Where nothing is blocked nobody waits for anybody: each connection counts in a share of its own. Where a
-- plan blocks, share 0 is the lock for the last place. Rows are updated often: room in the page keeps that out
-- of the index.
CREATE TABLE core.usage_months (
    company_id  uuid        NOT NULL REFERENCES core.companies (id),
    month       date        NOT NULL,
    what        text        NOT NULL CHECK (what IN ('leads', 'modelSpend', 'inputTokens', 'outputTokens', 'unpricedTokens')),
    share       int         NOT NULL DEFAULT 0 CHECK (share BETWEEN 0 AND 16),
    used        bigint      NOT NULL CHECK (used >= 0),
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (company_id, month, what, share)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
COMMENT ON TABLE core.usage_months IS 'What a company has used in a month: the sum of its shares. Retention: life of the company.';
COMMENT ON COLUMN core.usage_months.month IS 'The first day of the month in the company''s time zone.';
COMMENT ON COLUMN core.usage_months.used IS 'modelSpend: millionths of a cent of price_list.currency, by the price at the time of the call.';

SELECT core.protect('core.usage_months', 'runtime_app', 'SELECT,INSERT,UPDATE');
SELECT core.protect('core.usage_months', 'backoffice_app', 'SELECT');
SELECT core.admit('core.usage_months', r, 'SELECT,INSERT,UPDATE') FROM unnest(ARRAY['core_intake', 'core_delivery']) AS r;
SELECT core.admit('core.usage_months', 'core_sweep', 'SELECT');

-- Volatile: whoever asks while holding share 0 must see what was committed until then.
CREATE FUNCTION core.used_of_month(p_company uuid, p_month date, p_what text) RETURNS bigint
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    RETURN coalesce((SELECT sum(u.used) FROM core.usage_months u
                      WHERE u.company_id = p_company AND u.month = p_month AND u.what = p_what), 0);
END
$$;
COMMENT ON FUNCTION core.used_of_month(uuid, date, text) IS 'The sum of all shares.';

CREATE FUNCTION core.usage_share() RETURNS int
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
    RETURN 1 + pg_catalog.pg_backend_pid() % 16;
END
$$;
COMMENT ON FUNCTION core.usage_share() IS 'The share in which this connection counts what nothing blocks.';

-- Of two that want the last place, the second waits for the first one's commit at share 0, and then finds the
-- month full.
CREATE FUNCTION core.take_lead_place(p_company uuid, p_now timestamptz) RETURNS boolean
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_limit  constant record  := core.plan_limit_v1(p_company, 'leads');
    v_month  constant date    := core.plan_month_v1(p_company, p_now);
    v_blocks constant boolean := v_limit.behaviour IS NOT DISTINCT FROM 'block';
BEGIN
    IF v_blocks THEN
        -- A month never empties: where it is full, nobody waits in line to hear so.
        IF core.used_of_month(p_company, v_month, 'leads') >= v_limit.most THEN
            RETURN false;
        END IF;
        INSERT INTO core.usage_months (company_id, month, what, used, updated_at) VALUES (p_company, v_month, 'leads', 0, p_now)
            ON CONFLICT (company_id, month, what, share) DO NOTHING;
        PERFORM u.used FROM core.usage_months u
          WHERE u.company_id = p_company AND u.month = v_month AND u.what = 'leads' AND u.share = 0
            FOR UPDATE;
        IF core.used_of_month(p_company, v_month, 'leads') >= v_limit.most THEN
            RETURN false;
        END IF;
    END IF;
    INSERT INTO core.usage_months AS u (company_id, month, what, share, used, updated_at)
    VALUES (p_company, v_month, 'leads', CASE WHEN v_blocks THEN 0 ELSE core.usage_share() END, 1, p_now)
        ON CONFLICT (company_id, month, what, share) DO UPDATE SET used = u.used + 1, updated_at = p_now;
    RETURN true;
END
$$;
COMMENT ON FUNCTION core.take_lead_place(uuid, timestamptz) IS 'Counts one lead of this month; false, and not counted, when the plan blocks it.';

-- Only what intake makes is new: a rebuilt lead was counted when it first came.
CREATE FUNCTION core.place_new_lead() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF NOT core.take_lead_place(NEW.company_id, NEW.created_at) THEN
        NEW.over_plan_at := NEW.created_at;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER place_new_lead BEFORE INSERT ON core.leads
    FOR EACH ROW WHEN (current_user = 'core_intake') EXECUTE FUNCTION core.place_new_lead();

-- The lead's row is locked from here on: two channels of one lead take one place.
CREATE FUNCTION core.place_waiting_lead(p_company uuid, p_lead uuid, p_now timestamptz) RETURNS boolean
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    PERFORM l.id FROM core.leads l WHERE l.company_id = p_company AND l.id = p_lead AND l.over_plan_at IS NOT NULL FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN true;
    ELSIF NOT core.take_lead_place(p_company, p_now) THEN
        RETURN false;
    END IF;
    UPDATE core.leads l SET over_plan_at = NULL, updated_at = p_now WHERE l.company_id = p_company AND l.id = p_lead;
    RETURN true;
END
$$;
COMMENT ON FUNCTION core.place_waiting_lead(uuid, uuid, timestamptz) IS 'Whether a lead has a place in the plan; one that waits for a place gets it if there is one now.';

CREATE FUNCTION core.spend_is_left_v1(p_company uuid, p_now timestamptz DEFAULT clock_timestamp()) RETURNS boolean
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_limit constant record := core.plan_limit_v1(p_company, 'modelSpend');
BEGIN
    RETURN v_limit.behaviour IS DISTINCT FROM 'block'
        OR core.used_of_month(p_company, core.plan_month_v1(p_company, p_now), 'modelSpend') < v_limit.most * 1000000;
END
$$;
COMMENT ON FUNCTION core.spend_is_left_v1(uuid, timestamptz) IS 'Whether a model may be asked for a company. What a call costs is known after it: those under way may go beyond the limit.';

-- In the transaction of what came of the answer, last in it: the month's rows are locked for no longer than
-- the commit takes. It may never end that transaction, because the words are there and are paid for; nor hold
-- it up for long, because intake waits for its conversation.
CREATE FUNCTION core.count_model_call_v2(p_company uuid, p_model text, p_input int, p_output int, p_seconds int,
                                         p_now timestamptz DEFAULT clock_timestamp()) RETURNS text
    LANGUAGE plpgsql SET search_path = '' SET lock_timeout = '500ms' AS $$
DECLARE
    v_price jsonb;
BEGIN
    v_price := (SELECT l.prices -> p_model FROM core.price_list l);
    -- In one order for all, so that two calls never wait for each other in a circle.
    INSERT INTO core.usage_months AS u (company_id, month, what, share, used, updated_at)
    SELECT p_company, core.plan_month_v1(p_company, p_now), n.what, core.usage_share(), n.used, p_now
      FROM (VALUES ('inputTokens', p_input::bigint),
                   ('modelSpend', pg_catalog.round((p_input::numeric + p_seconds) * (v_price ->> 'input')::numeric
                                                   + p_output * (v_price ->> 'output')::numeric)::bigint),
                   ('outputTokens', p_output::bigint),
                   ('unpricedTokens', CASE WHEN v_price IS NULL THEN p_input::bigint + p_output END)) AS n (what, used)
     WHERE n.used > 0
     ORDER BY n.what
        ON CONFLICT (company_id, month, what, share) DO UPDATE SET used = u.used + excluded.used, updated_at = p_now;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE;
END
$$;
COMMENT ON FUNCTION core.count_model_call_v2(uuid, text, int, int, int, timestamptz) IS 'One answer of a model, whether it was used or not; what kept it from being counted, or NULL. A model without a price costs nothing and its tokens are counted as unpriced; one that tells seconds instead of tokens costs its price of what is read for each. Seconds of a model without a price are counted nowhere.';

-- Who finds or makes a conversation learns here whether the machine may answer in it. What is held goes on
-- with the lead's next word, once there is room: nobody is answered at midnight because a month begins. A
-- rebuild restores the past and decides nothing.
CREATE FUNCTION core.open_conversation(p_company uuid, p_lead_id uuid, p_instance uuid, p_channel text, p_chat_ref text,
                                       p_delivered boolean, p_now timestamptz)
    RETURNS core.conversations LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_conversation core.conversations%ROWTYPE;
    v_held         text;
BEGIN
    v_conversation := core.find_or_make_conversation(p_company, p_lead_id, p_instance, p_channel, p_chat_ref, p_delivered, p_now);
    IF current_user = 'core_rebuild' THEN
        RETURN v_conversation;
    END IF;
    v_held := CASE WHEN NOT core.place_waiting_lead(p_company, v_conversation.lead_id, p_now) THEN 'leads'
                   WHEN v_conversation.held_for = 'modelSpend' AND NOT core.spend_is_left_v1(p_company, p_now) THEN 'modelSpend' END;
    IF v_held IS NOT DISTINCT FROM v_conversation.held_for AND (v_held IS NULL OR v_conversation.state NOT IN ('ai', 'closed')) THEN
        RETURN v_conversation;
    END IF;
    UPDATE core.conversations c
       SET held_for = v_held, updated_at = p_now,
           state = CASE WHEN v_held IS NOT NULL AND c.state IN ('ai', 'closed') THEN 'waiting_human'
                        WHEN v_held IS NULL AND c.state = 'waiting_human' THEN 'ai' ELSE c.state END,
           burst_started_at = CASE WHEN v_held IS NULL THEN c.burst_started_at END,
           turn_due_at = CASE WHEN v_held IS NULL THEN c.turn_due_at END
     WHERE c.company_id = p_company AND c.id = v_conversation.id
    RETURNING c.* INTO v_conversation;
    RETURN v_conversation;
END
$$;
COMMENT ON FUNCTION core.open_conversation(uuid, uuid, uuid, text, text, boolean, timestamptz) IS 'The conversation of a lead at an instance, locked until the transaction ends; made when there is none, held while the plan has no room for it. p_delivered: the provider told us this address, so an open conversation moves to it.';
REVOKE ALL ON FUNCTION core.open_conversation(uuid, uuid, uuid, text, text, boolean, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.open_conversation(uuid, uuid, uuid, text, text, boolean, timestamptz) TO core_intake, core_rebuild;

-- Giving back what the plan has no room for would be undone by the lead's next word: it is refused with
-- the limit's name.
CREATE FUNCTION core.return_to_machine_v1(p_conversation uuid, p_by text, p_reason text, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_company constant uuid := core.claimed_company();
    v_lead    uuid;
    v_full    text;
BEGIN
    -- The conversation first, then the lead, then the month: as intake locks them.
    SELECT c.lead_id INTO v_lead
      FROM core.conversations c
     WHERE c.company_id = v_company AND c.id = p_conversation AND c.state IN ('human', 'waiting_human')
       FOR UPDATE;
    IF FOUND THEN
        v_full := CASE WHEN NOT core.spend_is_left_v1(v_company, p_now) THEN 'modelSpend'
                       WHEN NOT core.place_waiting_lead(v_company, v_lead, p_now) THEN 'leads' END;
        IF v_full IS NOT NULL THEN
            RETURN pg_catalog.jsonb_build_object('found', true, 'changed', false, 'full', v_full, 'events', '[]'::jsonb);
        END IF;
        UPDATE core.conversations c SET held_for = NULL
         WHERE c.company_id = v_company AND c.id = p_conversation AND c.held_for IS NOT NULL;
    END IF;
    RETURN core.give_back_conversation(p_conversation, p_by, p_reason, p_now);
END
$$;
ALTER FUNCTION core.return_to_machine_v1(uuid, text, text, timestamptz) OWNER TO core_delivery;
REVOKE ALL ON FUNCTION core.return_to_machine_v1(uuid, text, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.return_to_machine_v1(uuid, text, text, timestamptz) TO runtime_app, evolution_app, backoffice_app;
COMMENT ON FUNCTION core.return_to_machine_v1(uuid, text, text, timestamptz) IS 'Gives the conversation back; a burst that nobody answered is due at once, also one of whose answer no bubble left before the takeover. full: the limit of the plan for which it was not given back.';

REVOKE ALL ON FUNCTION core.used_of_month(uuid, date, text), core.usage_share(), core.take_lead_place(uuid, timestamptz),
    core.place_new_lead(), core.place_waiting_lead(uuid, uuid, timestamptz), core.spend_is_left_v1(uuid, timestamptz),
    core.count_model_call_v2(uuid, text, int, int, int, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.used_of_month(uuid, date, text), core.usage_share() TO core_intake, core_delivery, runtime_app;
GRANT EXECUTE ON FUNCTION core.take_lead_place(uuid, timestamptz), core.place_waiting_lead(uuid, uuid, timestamptz),
    core.spend_is_left_v1(uuid, timestamptz) TO core_intake, core_delivery;
GRANT EXECUTE ON FUNCTION core.spend_is_left_v1(uuid, timestamptz),
    core.count_model_call_v2(uuid, text, int, int, int, timestamptz) TO runtime_app;
