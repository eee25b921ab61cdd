-- A company's own front may write the times, the version and the id of a deal that it makes. One of a time to come, or of no time,
-- would lead every list of the holding for ever and say so in events; no reader of an event knows a year before Christ. Such a time is
-- now. Only the template; companies follow by the fleet's migration.

INSERT INTO core.template_steps (version, name, sql) VALUES (4, 'deals of no time to come', $step$
CREATE OR REPLACE FUNCTION {{schema}}.deal_touched() RETURNS trigger
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
$step$);

SELECT core.migrate_template_v1();
