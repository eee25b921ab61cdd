-- Before a key is taken off the ring, the back office must see whether a secret of ours still needs it.
-- A function only, no locks.

CREATE FUNCTION core.whatsapp_sealed_by_older_keys_v1(p_mark text) RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
    RETURN (SELECT count(*)
              FROM core.whatsapp_instances i, pg_catalog.jsonb_each_text(i.sealed) e
             WHERE left(e.value, length(p_mark)) <> p_mark);
END
$$;
ALTER FUNCTION core.whatsapp_sealed_by_older_keys_v1(text) OWNER TO core_lookup;
REVOKE ALL ON FUNCTION core.whatsapp_sealed_by_older_keys_v1(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.whatsapp_sealed_by_older_keys_v1(text) TO backoffice_app;
COMMENT ON FUNCTION core.whatsapp_sealed_by_older_keys_v1(text) IS 'How many secrets of WhatsApp''s instances do not begin as the key seals now: a number, and nothing of them.';
