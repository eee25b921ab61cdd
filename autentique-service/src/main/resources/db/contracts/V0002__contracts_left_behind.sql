-- Contracts that nobody looks at are counted; old attempts and notices are forgotten.
-- Functions only, no locks.

CREATE FUNCTION core.count_overdue_contracts_v1(p_age interval, p_now timestamptz DEFAULT clock_timestamp()) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT count(*)
      FROM core.contracts c
     WHERE c.due_at <= p_now - p_age AND (c.lease_until IS NULL OR c.lease_until <= p_now - p_age)
$$;
COMMENT ON FUNCTION core.count_overdue_contracts_v1(interval, timestamptz) IS 'Contracts that somebody should have looked at by now. Served by contracts_due_idx.';

CREATE FUNCTION core.forget_contract_events_v1(p_limit int, p_now timestamptz DEFAULT clock_timestamp()) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    forgotten int;
BEGIN
    DELETE FROM core.contract_events k
     WHERE k.ctid = ANY (ARRAY(
           SELECT o.ctid FROM core.contract_events o
            WHERE o.received_at <= p_now - interval '90 days'
            ORDER BY o.received_at
            LIMIT p_limit));
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END
$$;
COMMENT ON FUNCTION core.forget_contract_events_v1(int, timestamptz) IS 'Forgets notices of more than ninety days ago. Served by contract_events_age_idx.';

CREATE FUNCTION core.forget_contract_attempts_v1(p_limit int, p_now timestamptz DEFAULT clock_timestamp()) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    forgotten int;
BEGIN
    DELETE FROM core.delivery_attempts_autentique k
     WHERE k.ctid = ANY (ARRAY(
           SELECT o.ctid FROM core.delivery_attempts_autentique o
            WHERE o.at <= p_now - interval '90 days'
            ORDER BY o.at
            LIMIT p_limit));
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END
$$;
COMMENT ON FUNCTION core.forget_contract_attempts_v1(int, timestamptz) IS 'Forgets calls of more than ninety days ago. Served by delivery_attempts_autentique_age_idx.';

ALTER FUNCTION core.count_overdue_contracts_v1(interval, timestamptz) OWNER TO core_delivery;
ALTER FUNCTION core.forget_contract_events_v1(int, timestamptz) OWNER TO core_sweep;
ALTER FUNCTION core.forget_contract_attempts_v1(int, timestamptz) OWNER TO core_sweep;
REVOKE ALL ON FUNCTION core.count_overdue_contracts_v1(interval, timestamptz), core.forget_contract_events_v1(int, timestamptz),
    core.forget_contract_attempts_v1(int, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.count_overdue_contracts_v1(interval, timestamptz), core.forget_contract_events_v1(int, timestamptz),
    core.forget_contract_attempts_v1(int, timestamptz) TO autentique_app;
