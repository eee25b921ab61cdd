-- What is kept only for a while is forgotten in batches, the oldest first, by one function for each table, of one shape for all slices.
-- Called by a migration of the slice; idempotent, takes no lock on a table.
SET ROLE core_migrator;

CREATE OR REPLACE FUNCTION core.make_forget_function(p_what text, p_table regclass, p_age_column name, p_keep interval, p_app_role text) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $make$
BEGIN
    EXECUTE format($ddl$
CREATE OR REPLACE FUNCTION core.%1$I(p_limit int, p_now timestamptz DEFAULT clock_timestamp()) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $fn$
DECLARE
    forgotten int;
BEGIN
    DELETE FROM %2$s k
     WHERE k.ctid = ANY (ARRAY(
           SELECT o.ctid FROM %2$s o
            WHERE o.%3$I <= p_now - interval %4$L
            ORDER BY o.%3$I
            LIMIT p_limit));
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END
$fn$;
COMMENT ON FUNCTION core.%1$I(int, timestamptz) IS 'Forgets rows of %2$s whose %3$s is more than %4$s ago; returns how many, at most the limit.';
ALTER FUNCTION core.%1$I(int, timestamptz) OWNER TO core_sweep;
REVOKE ALL ON FUNCTION core.%1$I(int, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.%1$I(int, timestamptz) TO %5$I;
$ddl$, 'forget_' || p_what || '_v1', p_table, p_age_column, p_keep, p_app_role);
END
$make$;
COMMENT ON FUNCTION core.make_forget_function(text, regclass, name, interval, text) IS 'Makes core.forget_<what>_v1, by which a service forgets rows of one of its tables past their age. core_sweep must be admitted to the table, and the age indexed.';
REVOKE ALL ON FUNCTION core.make_forget_function(text, regclass, name, interval, text) FROM PUBLIC;
