-- What other services read of leads, and the query that finds references which no foreign key guards.
-- Views and one function, no locks.

CREATE VIEW core.lead_attribution_v1 WITH (security_invoker = true) AS
SELECT l.company_id, l.id AS lead_id, l.name, l.phone, l.email, l.source, l.attribution, l.instance_id, l.created_at
  FROM core.leads l;
COMMENT ON VIEW core.lead_attribution_v1 IS 'Who a lead is and which ad brought them, for conversions. Row-level security of the reader applies.';
GRANT SELECT ON core.lead_attribution_v1 TO capi_app, backoffice_app, backoffice_reader;

-- plpgsql, so that it binds late: the tables of other slices need not exist when this one is migrated.
CREATE FUNCTION core.find_conversation_orphans() RETURNS TABLE (company_id uuid, referring text, id uuid, missing text, missing_id text)
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
    RETURN QUERY
    SELECT c.company_id, 'conversations', c.id, 'channel_instances', c.instance_id::text
      FROM core.conversations c
     WHERE NOT EXISTS (SELECT FROM core.channel_instances i WHERE i.company_id = c.company_id AND i.id = c.instance_id)
     UNION ALL
    SELECT l.company_id, 'leads', l.id, 'channel_instances', l.instance_id::text
      FROM core.leads l
     WHERE l.instance_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM core.channel_instances i WHERE i.company_id = l.company_id AND i.id = l.instance_id)
     UNION ALL
    SELECT k.company_id, 'message_keys', k.message_id, 'messages', k.message_id::text
      FROM core.message_keys k
     WHERE k.message_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM core.messages m WHERE m.company_id = k.company_id AND m.id = k.message_id)
     UNION ALL
    SELECT m.company_id, 'messages', m.id, 'turns', m.turn_id::text
      FROM core.messages m
     WHERE m.turn_id IS NOT NULL AND NOT EXISTS (SELECT FROM core.turns t WHERE t.company_id = m.company_id AND t.id = m.turn_id)
     UNION ALL
    SELECT d.company_id, 'media', d.id, 'messages', d.message_id::text
      FROM core.media d
     WHERE NOT EXISTS (SELECT FROM core.messages m WHERE m.company_id = d.company_id AND m.id = d.message_id);
END
$$;
COMMENT ON FUNCTION core.find_conversation_orphans() IS 'Rows of this slice that name something which is not there. Run by a test and by an operator; nobody else.';
REVOKE ALL ON FUNCTION core.find_conversation_orphans() FROM PUBLIC;

CREATE VIEW core.conversation_orphans WITH (security_invoker = true) AS
SELECT o.company_id, o.referring, o.id, o.missing, o.missing_id FROM core.find_conversation_orphans() AS o;
COMMENT ON VIEW core.conversation_orphans IS 'Must be empty: the references across slices that foreign keys do not guard.';

-- A text whose call on Telegram ended unseen is said once more: then it has arrived, and nobody can tell how often.
CREATE VIEW core.unknown_bubbles_v1 WITH (security_invoker = true) AS
SELECT m.company_id, m.conversation_id, m.id AS message_id, m.reply_id, m.position, m.failure, m.sent_at, m.look_again_at IS NOT NULL AS looking,
       CASE m.status WHEN 'unknown' THEN 'unknown' ELSE 'said_again' END AS certainty
  FROM core.messages m
 WHERE m.status = 'unknown'
    OR m.leaves_by = 'telegram' AND m.attempts > 1 AND m.kind = 'text' AND m.status IN ('accepted', 'delivered', 'read');
COMMENT ON VIEW core.unknown_bubbles_v1 IS 'Every bubble of which nobody can tell whether it arrived (unknown), or that arrived and may have done so twice (said_again). Served by messages_unknown_idx.';
GRANT SELECT ON core.unknown_bubbles_v1 TO runtime_app, evolution_app, backoffice_app, backoffice_reader;
