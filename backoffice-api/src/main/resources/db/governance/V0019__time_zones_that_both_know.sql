-- A company's time zone must be known to this server: its months are counted here, and a name that Java alone knows would fail each
-- statement that counts. Adds one constraint; core.companies, a small table, is locked while its rows are read once.

-- Offsets are no names: PostgreSQL reads +03:00 as west of Greenwich.
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

-- Whoever could choose such a name lost leads by it since months are counted: now they are counted in UTC until another is chosen.
UPDATE core.companies SET time_zone = 'UTC', version = version + 1, updated_at = clock_timestamp() WHERE NOT core.is_time_zone_v1(time_zone);
ALTER TABLE core.companies ADD CONSTRAINT companies_time_zone_known CHECK (core.is_time_zone_v1(time_zone));
