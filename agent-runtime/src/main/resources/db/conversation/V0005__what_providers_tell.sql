-- What each kind of intake item does: a message, an echo of our own number, a status, edit, delete, reaction, "still typing".
-- Inner functions of receive_messages_v1 and one row type; no locks at migration.
CREATE TYPE core.intake_item AS (
    place        int,
    item         jsonb,
    company_id   uuid,
    instance_id  uuid,
    channel      text,
    answering    boolean,
    quiet        interval,
    longest      interval,
    kinds        text[],
    identities   text[]
);
COMMENT ON TYPE core.intake_item IS 'One item of a batch with what its instance says of it. answering: the company is active, so a turn may become due.';

CREATE FUNCTION core.described_lead(p_in core.intake_item) RETURNS jsonb
    LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
    SELECT pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
        -- In an echo the name is our own.
        'name', CASE p_in.item ->> 'what' WHEN 'message' THEN nullif(pg_catalog.btrim(p_in.item ->> 'name'), '') END,
        'phone', (SELECT k.value FROM unnest(p_in.kinds, p_in.identities) AS k (kind, value)
                   WHERE k.kind = 'phone' ORDER BY length(k.value) DESC, k.value LIMIT 1),
        'source', CASE WHEN p_in.item -> 'referral' ->> 'ctwa_clid' IS NOT NULL AND p_in.channel = 'whatsapp'
                       THEN 'whatsapp_ad' ELSE p_in.channel END,
        'instance_id', p_in.instance_id,
        'attribution', pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
            'ctwa_clid', p_in.item -> 'referral' ->> 'ctwa_clid', 'ad_id', p_in.item -> 'referral' ->> 'ad_id',
            'page_url', p_in.item -> 'referral' ->> 'source_url', 'headline', p_in.item -> 'referral' ->> 'headline'))))
$$;
COMMENT ON FUNCTION core.described_lead(core.intake_item) IS 'What a message tells of its writer, as find_or_make_lead takes it.';

CREATE FUNCTION core.open_chat(p_in core.intake_item, p_now timestamptz, OUT conversation core.conversations, OUT events jsonb)
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_lead    record;
    v_written constant jsonb := core.described_lead(p_in);
BEGIN
    SELECT f.* INTO v_lead
      FROM core.find_or_make_lead(p_in.company_id, p_in.kinds, p_in.identities,
               (SELECT c.lead_id FROM core.conversations c
                 WHERE c.company_id = p_in.company_id AND c.instance_id = p_in.instance_id
                   AND c.chat_ref BETWEEN p_in.item ->> 'chat_ref' AND p_in.item ->> 'chat_ref'
                 ORDER BY c.chat_ref OFFSET 0),
               v_written, p_now) AS f;
    conversation := core.open_conversation(p_in.company_id, v_lead.lead_id, p_in.instance_id, p_in.channel, p_in.item ->> 'chat_ref',
                                           true, p_now);
    events := '[]';
    IF v_lead.created THEN
        events := pg_catalog.jsonb_build_array(core.event_row(p_in.company_id, 'lead.created', v_lead.lead_id, 0,
            pg_catalog.jsonb_build_object('lead', v_lead.lead_id, 'source', upper(v_written ->> 'source'), 'conversation', conversation.id),
            p_in.item -> 'trace', p_now));
    ELSE
        PERFORM core.complete_lead(p_in.company_id, v_lead.lead_id, v_written, p_now);
    END IF;
END
$$;
COMMENT ON FUNCTION core.open_chat(core.intake_item, timestamptz) IS 'The lead and the locked conversation of a message; both made when new.';

CREATE FUNCTION core.receive_message(p_in core.intake_item, p_message uuid, p_now timestamptz, OUT result jsonb, OUT events jsonb)
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_chat         record;
    v_conversation core.conversations%ROWTYPE;
    v_written_at   constant timestamptz := coalesce((p_in.item ->> 'written_at')::timestamptz, p_now);
    v_kind         constant text := core.message_kind(p_in.item);
BEGIN
    SELECT o.* INTO v_chat FROM core.open_chat(p_in, p_now) AS o;
    v_conversation := v_chat.conversation;

    -- Due soon after the last word, but a talkative lead is answered too.
    UPDATE core.conversations c
       SET inbound_seq = c.inbound_seq + 1, last_inbound_at = p_now, updated_at = p_now,
           state = CASE c.state WHEN 'closed' THEN 'ai' ELSE c.state END,
           burst_started_at = CASE WHEN p_in.answering AND c.state IN ('ai', 'closed') THEN coalesce(c.burst_started_at, p_now)
                                   ELSE c.burst_started_at END,
           turn_due_at = CASE WHEN p_in.answering AND c.state IN ('ai', 'closed')
                              THEN least(p_now + p_in.quiet, coalesce(c.burst_started_at, p_now) + p_in.longest)
                              ELSE c.turn_due_at END
     WHERE c.company_id = v_conversation.company_id AND c.id = v_conversation.id
    RETURNING c.* INTO v_conversation;

    INSERT INTO core.messages (id, company_id, conversation_id, direction, author, seq, kind, text, media, provider_message_id, reply_to,
                               referral, status, written_at, trace, created_at)
    VALUES (p_message, p_in.company_id, v_conversation.id, 'in', 'lead', v_conversation.inbound_seq, v_kind, p_in.item ->> 'text',
            nullif(p_in.item -> 'media', 'null'), p_in.item ->> 'provider_message_id', p_in.item ->> 'reply_to',
            nullif(p_in.item -> 'referral', 'null'), 'received', v_written_at, p_in.item -> 'trace', p_now);

    events := v_chat.events || pg_catalog.jsonb_build_array(core.event_row(p_in.company_id, 'message.received', v_conversation.id,
        v_conversation.inbound_seq, pg_catalog.jsonb_build_object(
            'message', p_message, 'conversation', v_conversation.id, 'lead', v_conversation.lead_id, 'instance', p_in.instance_id,
            'channel', upper(p_in.channel), 'kind', upper(v_kind), 'seq', v_conversation.inbound_seq,
            'writtenAt', core.iso_utc(v_written_at)), p_in.item -> 'trace', p_now));
    events := events || core.apply_pending_marks(v_conversation, p_message, p_in.item ->> 'provider_message_id', p_now);
    result := pg_catalog.jsonb_build_object('outcome', 'stored', 'message_id', p_message, 'conversation_id', v_conversation.id,
        'lead_id', v_conversation.lead_id, 'seq', v_conversation.inbound_seq);
END
$$;
COMMENT ON FUNCTION core.receive_message(core.intake_item, uuid, timestamptz) IS 'A lead wrote.';

-- A reaction has an id of its own in some protocols; then reply_to names the message it is on. Everywhere else reply_to is what an
-- edited message answers to, and the item's own id is the message meant.
CREATE FUNCTION core.message_meant(p_item jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
    SELECT CASE p_item ->> 'what' WHEN 'reaction' THEN coalesce(p_item ->> 'reply_to', p_item ->> 'provider_message_id')
                                  ELSE p_item ->> 'provider_message_id' END
$$;
COMMENT ON FUNCTION core.message_meant(jsonb) IS 'The provider''s id of the message that a mark is about.';

CREATE FUNCTION core.known_message(p_in core.intake_item, p_provider_message_id text) RETURNS core.messages
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
    RETURN (
        SELECT m
          FROM core.messages m
         CROSS JOIN LATERAL (
               SELECT o.instance_id, o.channel, o.chat_ref
                 FROM core.conversations o WHERE o.company_id = m.company_id AND o.id = m.conversation_id OFFSET 0) AS c
         WHERE m.company_id = p_in.company_id AND m.provider_message_id = p_provider_message_id AND c.instance_id = p_in.instance_id
           AND (c.channel <> 'telegram' OR c.chat_ref = p_in.item ->> 'chat_ref')
         ORDER BY m.created_at
         LIMIT 1);
END
$$;
COMMENT ON FUNCTION core.known_message(core.intake_item, text) IS 'The message a provider''s id means; NULL when we do not know it (yet).';

CREATE FUNCTION core.keep_mark(p_in core.intake_item, p_provider_message_id text, p_conversation uuid, p_now timestamptz) RETURNS void
    LANGUAGE sql SET search_path = '' AS $$
    INSERT INTO core.pending_marks (company_id, instance_id, conversation_id, what, provider_message_id, chat_ref, item, expires_at, created_at)
    VALUES (p_in.company_id, p_in.instance_id, p_conversation, p_in.item ->> 'what', p_provider_message_id, p_in.item ->> 'chat_ref',
            p_in.item, p_now + interval '7 days', p_now)
$$;

-- While a call of the same words is on the wire, an echo waits for its end: then the provider's id may tell whose it is, and settles
-- never bind one id to two bubbles.
CREATE FUNCTION core.receive_echo(p_in core.intake_item, p_now timestamptz, OUT result jsonb, OUT events jsonb)
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_id           constant text := p_in.item ->> 'provider_message_id';
    v_text         constant text := p_in.item ->> 'text';
    v_chat         record;
    v_conversation core.conversations%ROWTYPE;
    v_ours         core.messages%ROWTYPE;
    v_on_the_wire  core.messages%ROWTYPE;
    v_person       record;
BEGIN
    -- The lock makes a settle on the wire finish first; only then is "unknown" an answer.
    SELECT o.* INTO v_chat FROM core.open_chat(p_in, p_now) AS o;
    v_conversation := v_chat.conversation;
    events := v_chat.events;
    result := pg_catalog.jsonb_build_object('conversation_id', v_conversation.id, 'lead_id', v_conversation.lead_id);

    v_ours := core.known_message(p_in, v_id);
    IF v_ours.id IS NOT NULL THEN
        result := result || pg_catalog.jsonb_build_object('outcome', 'applied', 'message_id', v_ours.id);
        RETURN;
    END IF;

    SELECT b.* INTO v_on_the_wire
      FROM core.messages b
     WHERE b.company_id = p_in.company_id AND b.conversation_id = v_conversation.id AND b.status = 'sending';
    IF v_on_the_wire.id IS NULL OR v_on_the_wire.text IS DISTINCT FROM v_text THEN
        v_ours := core.unanswered_call(v_conversation, v_text, coalesce((p_in.item ->> 'written_at')::timestamptz, p_now));
        IF v_ours.id IS NOT NULL THEN
            events := events || core.end_call(v_conversation, v_ours, 'accepted', v_id, NULL, p_now);
            result := result || pg_catalog.jsonb_build_object('outcome', 'applied', 'message_id', v_ours.id);
            RETURN;
        END IF;
    END IF;

    IF v_on_the_wire.id IS NOT NULL THEN
        PERFORM core.keep_mark(p_in, v_id, v_conversation.id, p_now);
        result := result || pg_catalog.jsonb_build_object('outcome', 'kept');
        RETURN;
    END IF;

    SELECT s.* INTO v_person FROM core.store_person_message(v_conversation, p_in.item, p_now) AS s;
    events := events || v_person.events;
    result := result || pg_catalog.jsonb_build_object('outcome', 'stored', 'message_id', v_person.message_id);
END
$$;
COMMENT ON FUNCTION core.receive_echo(core.intake_item, timestamptz) IS 'Something left our number: our own bubble, or a person who has taken the conversation.';

CREATE FUNCTION core.receive_mark(p_in core.intake_item, p_now timestamptz, OUT result jsonb, OUT events jsonb)
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_what         constant text := p_in.item ->> 'what';
    v_id           constant text := core.message_meant(p_in.item);
    v_conversation constant uuid := core.find_conversation(p_in.company_id, p_in.instance_id, p_in.item ->> 'chat_ref', p_in.kinds, p_in.identities);
    v_message      core.messages%ROWTYPE;
BEGIN
    events := '[]';
    v_message := core.known_message(p_in, v_id);
    IF v_message.id IS NULL THEN
        -- A settle may be binding this very id: wait for it, look again. Where the chat's spelling does not lead to
        -- the conversation, any conversation of the instance with a call on the wire may be the one.
        PERFORM c.id
           FROM core.conversations c
          WHERE c.company_id = p_in.company_id
            AND (c.id = v_conversation
                 OR (v_conversation IS NULL AND c.instance_id = p_in.instance_id AND EXISTS (
                     SELECT FROM core.messages b
                      WHERE b.company_id = c.company_id AND b.conversation_id = c.id AND b.status = 'sending')))
          ORDER BY c.id
            FOR UPDATE OF c;
        v_message := core.known_message(p_in, v_id);
    END IF;

    IF v_message.id IS NULL THEN
        PERFORM core.keep_mark(p_in, v_id, v_conversation, p_now);
        result := pg_catalog.jsonb_build_object('outcome', 'kept', 'conversation_id', v_conversation);
    ELSIF v_what = 'status' AND v_message.direction = 'in' THEN
        result := pg_catalog.jsonb_build_object('outcome', 'ignored', 'conversation_id', v_message.conversation_id, 'message_id', v_message.id);
    ELSE
        events := core.apply_mark(p_in.company_id, v_message.id, v_what, p_in.item, p_now);
        result := pg_catalog.jsonb_build_object('outcome', 'applied', 'conversation_id', v_message.conversation_id, 'message_id', v_message.id);
    END IF;
END
$$;
COMMENT ON FUNCTION core.receive_mark(core.intake_item, timestamptz) IS 'A status, edit, delete or reaction: applied, or kept until its id is known.';

CREATE FUNCTION core.bump_deadline(p_company uuid, p_conversation uuid, p_quiet interval, p_longest interval, p_now timestamptz)
    RETURNS timestamptz LANGUAGE sql SET search_path = '' AS $$
    UPDATE core.conversations c
       SET turn_due_at = greatest(c.turn_due_at, least(p_now + p_quiet, c.burst_started_at + p_longest))
     WHERE c.company_id = p_company AND c.id = p_conversation AND c.state = 'ai' AND c.burst_started_at IS NOT NULL
       AND c.turn_due_at IS NOT NULL AND (c.lease_until IS NULL OR c.lease_until <= p_now)
    RETURNING c.turn_due_at
$$;

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOREACH f IN ARRAY ARRAY['core.described_lead(core.intake_item)',
            'core.open_chat(core.intake_item, timestamptz)',
            'core.receive_message(core.intake_item, uuid, timestamptz)',
            'core.message_meant(jsonb)',
            'core.known_message(core.intake_item, text)',
            'core.keep_mark(core.intake_item, text, uuid, timestamptz)',
            'core.receive_echo(core.intake_item, timestamptz)',
            'core.receive_mark(core.intake_item, timestamptz)',
            'core.bump_deadline(uuid, uuid, interval, interval, timestamptz)']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO core_intake', f);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION core.described_lead(core.intake_item), core.known_message(core.intake_item, text) TO core_rebuild;
