-- What a company may use in a month or at a time, and what happens at the end of it: plans of the holding,
-- exceptions for a company, the price of models. Only creates, admits readers of a few columns and adds a
-- constraint: short locks, the small core.companies' while its rows are read once.

CREATE TABLE core.plans (
    id          uuid PRIMARY KEY DEFAULT core.uuid7(),
    name        text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 120),
    limits      jsonb NOT NULL CHECK (jsonb_typeof(limits) = 'object'),
    version     int NOT NULL DEFAULT 1 CHECK (version > 0),
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE core.plans IS 'What companies on a plan may use. No company: the holding''s, never deleted. Retention: life of the installation.';
COMMENT ON COLUMN core.plans.limits IS 'By leads, instances, people, modelSpend, fileBytes: {"most": number, "then": "block" | "notify" | "allow"}; what is absent has no limit. modelSpend is cents of price_list.currency.';

-- No foreign key to the plan: its key would not lead with the company. Plans are never deleted.
CREATE TABLE core.company_plans (
    company_id  uuid PRIMARY KEY REFERENCES core.companies (id),
    plan_id     uuid,
    limits      jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(limits) = 'object'),
    version     int NOT NULL DEFAULT 0 CHECK (version >= 0),
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE core.company_plans IS 'The plan a company is on and what is otherwise for it. No row: no limits. Retention: life of the company.';
COMMENT ON COLUMN core.company_plans.limits IS 'As in plans, each in place of the plan''s own; {"most": null} lifts it.';
COMMENT ON COLUMN core.company_plans.version IS 'Grows with each change by a person; compared with If-Match. 0: never changed.';

CREATE TABLE core.price_list (
    id          uuid PRIMARY KEY CHECK (id = '0198c0de-0000-7000-8000-00000000cafe'),
    currency    text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    prices      jsonb NOT NULL CHECK (jsonb_typeof(prices) = 'object'),
    version     int NOT NULL DEFAULT 1 CHECK (version > 0),
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE core.price_list IS 'What models cost the holding, one list. No company. Retention: life of the installation.';
COMMENT ON COLUMN core.price_list.prices IS 'By model: {"input": n, "output": n}, cents for a million tokens.';
INSERT INTO core.price_list (id, currency, prices) VALUES ('0198c0de-0000-7000-8000-00000000cafe', 'USD', '{}');

CREATE TABLE core.limit_alerts (
    id          uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id  uuid NOT NULL REFERENCES core.companies (id),
    month       date NOT NULL,
    what        text NOT NULL CHECK (what IN ('leads', 'instances', 'people', 'modelSpend', 'fileBytes')),
    threshold   int NOT NULL CHECK (threshold IN (80, 100)),
    used        bigint NOT NULL,
    most        bigint NOT NULL,
    raised_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    UNIQUE (company_id, month, what, threshold)
);
COMMENT ON TABLE core.limit_alerts IS 'That a company came near a limit or to it, once a month each. Retention: life of the company.';
COMMENT ON COLUMN core.limit_alerts.month IS 'The first day of the month in the company''s time zone.';

SELECT core.protect('core.company_plans', 'backoffice_app', 'SELECT,INSERT,UPDATE');
SELECT core.protect('core.company_plans', 'runtime_app', 'SELECT');
SELECT core.protect('core.limit_alerts', 'backoffice_app', 'SELECT,INSERT');
SELECT core.admit('core.limit_alerts', 'core_sweep', 'SELECT');
SELECT core.admit('core.company_users', 'core_sweep', 'SELECT');
-- Whoever counts must know how far: intake, the return of a conversation, the look for what is nearly used
-- up.
SELECT core.admit('core.company_plans', r, 'SELECT') FROM unnest(ARRAY['core_intake', 'core_delivery', 'core_sweep']) AS r;

-- No company's claim can open these two, so only grants guard them; nobody may delete.
DO $$
DECLARE
    t text;
    r text;
BEGIN
    FOREACH t IN ARRAY ARRAY['plans', 'price_list'] LOOP
        EXECUTE format('ALTER TABLE core.%I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE core.%I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY holding_backoffice_app ON core.%I TO backoffice_app USING (true) WITH CHECK (true)', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON core.%I TO backoffice_app', t);
        EXECUTE format('CREATE POLICY reads_runtime_app ON core.%I FOR SELECT TO runtime_app USING (true)', t);
        EXECUTE format('GRANT SELECT ON core.%I TO runtime_app', t);
    END LOOP;
    FOREACH r IN ARRAY ARRAY['core_intake', 'core_delivery', 'core_sweep'] LOOP
        PERFORM core.admit('core.plans', r, 'SELECT');
    END LOOP;
END
$$;

-- A company's months are counted here: a name of a time zone that Java alone knows would fail each statement
-- that counts. Offsets are no names: PostgreSQL reads +03:00 as west of
-- Greenwich.
CREATE FUNCTION core.is_time_zone_v1(p_name text) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
    PERFORM pg_catalog.timezone(p_name, pg_catalog.now());
    RETURN p_name ~ '^[A-Za-z]';
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN false;
END
$$;
COMMENT ON FUNCTION core.is_time_zone_v1(text) IS 'Whether this server knows a time zone by this name.';
REVOKE ALL ON FUNCTION core.is_time_zone_v1(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.is_time_zone_v1(text) TO backoffice_app;

ALTER TABLE core.companies ADD CONSTRAINT companies_time_zone_known CHECK (core.is_time_zone_v1(time_zone));

-- Both run with the caller's rights: a service asks about the company it is bound to, and no other.
CREATE FUNCTION core.plan_limit_v1(p_company uuid, p_what text, OUT most bigint, OUT behaviour text)
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
DECLARE
    v_limit jsonb;
BEGIN
    SELECT coalesce(nullif(c.limits -> p_what, 'null'), nullif(p.limits -> p_what, 'null')) INTO v_limit
      FROM core.company_plans c
      LEFT JOIN core.plans p ON p.id = c.plan_id
     WHERE c.company_id = p_company;
    most := (v_limit ->> 'most')::bigint;
    behaviour := CASE WHEN most IS NOT NULL THEN v_limit ->> 'then' END;
END
$$;
COMMENT ON FUNCTION core.plan_limit_v1(uuid, text) IS 'How much of something a company may use and what happens then; both NULL where there is no limit.';

CREATE FUNCTION core.plan_month_v1(p_company uuid, p_now timestamptz) RETURNS date
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
DECLARE
    v_zone text;
BEGIN
    SELECT k.time_zone INTO v_zone FROM core.companies k WHERE k.id = p_company;
    RETURN pg_catalog.date_trunc('month', p_now AT TIME ZONE coalesce(v_zone, 'UTC'))::date;
END
$$;
COMMENT ON FUNCTION core.plan_month_v1(uuid, timestamptz) IS 'The first day of a company''s month, by its own time zone.';

REVOKE ALL ON FUNCTION core.plan_limit_v1(uuid, text), core.plan_month_v1(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.plan_limit_v1(uuid, text), core.plan_month_v1(uuid, timestamptz)
    TO backoffice_app, runtime_app, core_intake, core_delivery, core_sweep;

-- usage_months belongs to the conversation slice, hence plpgsql, which binds late. Nothing used of a limit
-- of nothing is no news. Of files, what is leaving counts until its object is gone, and so does what the
-- storage has lost: it may be found again.
CREATE FUNCTION core.limits_reached_v1(p_limit int, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, month date, what text, threshold int, used bigint, most bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT k.id, m.month, w.what, t.threshold, u.used, l.most
      FROM core.company_plans c
      JOIN core.companies k ON k.id = c.company_id AND k.status = 'active' AND NOT k.canary
     CROSS JOIN unnest(ARRAY['leads', 'instances', 'people', 'modelSpend', 'fileBytes']) AS w (what)
     CROSS JOIN LATERAL core.plan_limit_v1(k.id, w.what) AS l
     CROSS JOIN LATERAL (SELECT core.plan_month_v1(k.id, p_now) AS month) AS m
     CROSS JOIN LATERAL (SELECT CASE w.what
           WHEN 'instances' THEN (SELECT count(*) FROM core.channel_instances i WHERE i.company_id = k.id AND i.deleted_at IS NULL)
           WHEN 'people' THEN (SELECT count(*) FROM core.company_users p WHERE p.company_id = k.id AND p.status <> 'inactive')
           -- Asked of those alone who have such a limit: whoever has none may have many files.
           WHEN 'fileBytes' THEN (SELECT sum(f.bytes)::bigint FROM core.files f WHERE f.company_id = k.id AND l.most IS NOT NULL)
           ELSE (SELECT sum(n.used)::bigint / CASE w.what WHEN 'modelSpend' THEN 1000000 ELSE 1 END
                   FROM core.usage_months n
                  WHERE n.company_id = k.id AND n.month = m.month AND n.what = w.what) END AS used) AS u
     CROSS JOIN unnest(ARRAY[80, 100]) AS t (threshold)
     WHERE l.behaviour IN ('block', 'notify') AND u.used > 0 AND u.used * 100 >= l.most * t.threshold
       AND NOT EXISTS (SELECT FROM core.limit_alerts a
                        WHERE a.company_id = k.id AND a.month = m.month AND a.what = w.what AND a.threshold = t.threshold)
     ORDER BY k.id, w.what, t.threshold
     LIMIT p_limit;
END
$$;
ALTER FUNCTION core.limits_reached_v1(int, timestamptz) OWNER TO core_sweep;
REVOKE ALL ON FUNCTION core.limits_reached_v1(int, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.limits_reached_v1(int, timestamptz) TO backoffice_app;
COMMENT ON FUNCTION core.limits_reached_v1(int, timestamptz) IS 'Limits of which a company has used 80 or 100 in a hundred and nobody was told this month; behaviour allow is never told.';

-- What no company owns is changed by one statement with its audit row: functions that answer done, or why
-- not.
CREATE FUNCTION core.make_plan_v1(p_id uuid, p_name text, p_limits jsonb) RETURNS text
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    INSERT INTO core.plans (id, name, limits) VALUES (p_id, p_name, p_limits) ON CONFLICT (name) DO NOTHING;
    RETURN CASE WHEN FOUND THEN 'done' ELSE 'exists' END;
END
$$;
COMMENT ON FUNCTION core.make_plan_v1(uuid, text, jsonb) IS 'done; exists: another plan has the name.';

CREATE FUNCTION core.change_plan_v1(p_id uuid, p_version int, p_name text, p_limits jsonb,
                                    p_now timestamptz DEFAULT clock_timestamp()) RETURNS text
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF EXISTS (SELECT FROM core.plans o WHERE o.name = p_name AND o.id <> p_id) THEN
        RETURN 'exists';
    END IF;
    UPDATE core.plans p SET name = p_name, limits = p_limits, version = p.version + 1, updated_at = p_now
     WHERE p.id = p_id AND p.version = p_version;
    RETURN CASE WHEN FOUND THEN 'done' ELSE 'stale' END;
END
$$;
COMMENT ON FUNCTION core.change_plan_v1(uuid, int, text, jsonb, timestamptz) IS 'done; stale: the version is no longer this one; exists: another plan has the name.';

-- What was spent and what may be spent stand there as bare numbers: in another currency they would be other
-- amounts. Of all companies, so by the owner of the sweeps.
CREATE FUNCTION core.spend_is_in_a_currency_v1() RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN EXISTS (SELECT FROM core.plans p WHERE p.limits -> 'modelSpend' ->> 'most' IS NOT NULL)
        OR EXISTS (SELECT FROM core.company_plans c WHERE c.limits -> 'modelSpend' ->> 'most' IS NOT NULL)
        OR EXISTS (SELECT FROM core.usage_months u WHERE u.what = 'modelSpend' AND u.used > 0);
END
$$;
ALTER FUNCTION core.spend_is_in_a_currency_v1() OWNER TO core_sweep;
REVOKE ALL ON FUNCTION core.spend_is_in_a_currency_v1() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.spend_is_in_a_currency_v1() TO backoffice_app;
COMMENT ON FUNCTION core.spend_is_in_a_currency_v1() IS 'Whether any company has ever spent anything on models, or any limit of it is set.';

CREATE FUNCTION core.change_price_list_v1(p_version int, p_currency text, p_prices jsonb,
                                          p_now timestamptz DEFAULT clock_timestamp()) RETURNS text
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF EXISTS (SELECT FROM core.price_list l WHERE l.version = p_version AND l.currency <> p_currency)
       AND core.spend_is_in_a_currency_v1() THEN
        RETURN 'in-use';
    END IF;
    UPDATE core.price_list l SET currency = p_currency, prices = p_prices, version = l.version + 1, updated_at = p_now
     WHERE l.version = p_version;
    RETURN CASE WHEN FOUND THEN 'done' ELSE 'stale' END;
END
$$;
COMMENT ON FUNCTION core.change_price_list_v1(int, text, jsonb, timestamptz) IS 'done; stale: the version is no longer this one; in-use: money was spent or is limited in the present currency.';

REVOKE ALL ON FUNCTION core.make_plan_v1(uuid, text, jsonb), core.change_plan_v1(uuid, int, text, jsonb, timestamptz),
    core.change_price_list_v1(int, text, jsonb, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.make_plan_v1(uuid, text, jsonb), core.change_plan_v1(uuid, int, text, jsonb, timestamptz),
    core.change_price_list_v1(int, text, jsonb, timestamptz) TO backoffice_app;
