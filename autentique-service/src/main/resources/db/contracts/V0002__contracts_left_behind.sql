-- Contracts that nobody looks at are counted; old attempts and notices are forgotten.
-- Functions only, no locks.

CREATE FUNCTION core.count_overdue_contracts_v1(p_age interval, p_now timestamptz DEFAULT clock_timestamp()) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT count(*)
      FROM core.contracts c
     WHERE c.due_at <= p_now - p_age AND (c.lease_until IS NULL OR c.lease_until <= p_now - p_age)
$$;
COMMENT ON FUNCTION core.count_overdue_contracts_v1(interval, timestamptz) IS 'Contracts that somebody should have looked at by now. Served by contracts_due_idx.';

SELECT core.make_forget_function('contract_events', 'core.contract_events', 'received_at', '90 days', 'autentique_app');
SELECT core.make_forget_function('contract_attempts', 'core.delivery_attempts_autentique', 'at', '90 days', 'autentique_app');

ALTER FUNCTION core.count_overdue_contracts_v1(interval, timestamptz) OWNER TO core_delivery;
REVOKE ALL ON FUNCTION core.count_overdue_contracts_v1(interval, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.count_overdue_contracts_v1(interval, timestamptz) TO autentique_app;
