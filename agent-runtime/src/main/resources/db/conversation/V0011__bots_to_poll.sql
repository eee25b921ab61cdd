-- Which Telegram bots an installation without a public address polls for updates: asked before any company is known.
-- One function, no locks. plpgsql, so that it binds late: the instances belong to another slice.

CREATE FUNCTION core.bots_to_poll_v1() RETURNS TABLE (company_id uuid, instance_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT i.company_id, i.id
      FROM core.channel_instances i
     WHERE i.channel = 'telegram' AND i.deleted_at IS NULL AND i.sealed ->> 'access_token' IS NOT NULL;
END
$$;
COMMENT ON FUNCTION core.bots_to_poll_v1() IS 'Every Telegram bot that has a token, of every company; ids only.';
ALTER FUNCTION core.bots_to_poll_v1() OWNER TO core_intake;
REVOKE ALL ON FUNCTION core.bots_to_poll_v1() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.bots_to_poll_v1() TO runtime_app;
