-- Files that a webhook told of and that nobody has fetched, over all companies; old events of instances and old files are forgotten.
-- Functions only, no locks.

-- Fair: the first file of each company comes before the second of any, so that one company's server that is away holds up nobody.
-- plpgsql, so that it binds late: messages belong to another slice.
CREATE FUNCTION core.media_left_behind_v2(p_limit int, p_age interval, p_back interval, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, instance_id uuid, conversation_id uuid, message_id uuid, kind text, provider_message_id text,
                   bytes bigint, since timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT m.company_id, c.instance_id, m.conversation_id, m.id, m.kind, m.provider_message_id,
           (m.media ->> 'bytes')::bigint, m.created_at
      FROM core.messages m
      JOIN core.conversations c ON c.company_id = m.company_id AND c.id = m.conversation_id
     WHERE m.direction = 'in' AND m.media ->> 'state' = 'pending'
       AND m.created_at > p_now - p_back AND m.created_at <= p_now - p_age AND c.channel = 'whatsapp'
       AND NOT EXISTS (SELECT FROM core.media d
                        WHERE d.company_id = m.company_id AND d.message_id = m.id AND d.state <> 'waiting')
     ORDER BY row_number() OVER (PARTITION BY m.company_id ORDER BY m.created_at), m.created_at
     LIMIT p_limit;
END
$$;
COMMENT ON FUNCTION core.media_left_behind_v2(int, interval, interval, timestamptz) IS 'WhatsApp messages older than an age whose file was neither stored nor given up, fairly over companies; ids, and how large the message says the file to be. Served by messages_media_wanted_idx.';

SELECT core.make_forget_function('instance_events', 'core.instance_events', 'at', '90 days', 'evolution_app');
SELECT core.make_forget_function('media_files', 'core.media_files', 'created_at', '12 months', 'evolution_app');

ALTER FUNCTION core.media_left_behind_v2(int, interval, interval, timestamptz) OWNER TO core_sweep;
REVOKE ALL ON FUNCTION core.media_left_behind_v2(int, interval, interval, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.media_left_behind_v2(int, interval, interval, timestamptz) TO evolution_app;
