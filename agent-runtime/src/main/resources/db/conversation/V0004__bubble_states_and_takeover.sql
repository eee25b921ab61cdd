-- How a bubble's state moves, what a provider's mark does to a message, and how a person takes a conversation: shared by intake and
-- delivery, so that both follow one rule. Functions only, no locks. Callers hold the conversation's row lock unless it says otherwise.

CREATE FUNCTION core.bubble_event(p_company uuid, p_conversation uuid, p_message uuid, p_reply uuid, p_position int, p_state text,
                                  p_trace jsonb, p_now timestamptz) RETURNS jsonb LANGUAGE sql VOLATILE SET search_path = '' AS $$
    SELECT core.event_row(p_company, 'message.sent', p_conversation, 0, pg_catalog.jsonb_build_object(
        'message', p_message, 'conversation', p_conversation, 'reply', p_reply, 'position', coalesce(p_position, 0),
        'state', upper(p_state), 'at', core.iso_utc(p_now)), p_trace, p_now)
$$;
COMMENT ON FUNCTION core.bubble_event(uuid, uuid, uuid, uuid, int, text, jsonb, timestamptz) IS 'message.sent: what became of a bubble.';

CREATE FUNCTION core.supersede_bubbles(p_company uuid, p_conversation uuid, p_reply uuid, p_why text, p_now timestamptz) RETURNS jsonb
    LANGUAGE sql VOLATILE SET search_path = '' AS $$
    WITH dropped AS (
        UPDATE core.messages b
           SET status = 'superseded', failure = p_why
         WHERE b.company_id = p_company AND b.conversation_id = p_conversation AND b.status = 'planned'
           AND (p_reply IS NULL OR b.reply_id = p_reply)
        RETURNING b.id, b.reply_id, b.position, b.trace)
    SELECT coalesce(pg_catalog.jsonb_agg(
               core.bubble_event(p_company, p_conversation, d.id, d.reply_id, d.position, 'superseded', d.trace, p_now)
               ORDER BY d.position), '[]')
      FROM dropped d
$$;
COMMENT ON FUNCTION core.supersede_bubbles(uuid, uuid, uuid, text, timestamptz) IS 'Drops the bubbles not yet begun, of one reply or of all; returns the events.';

-- Forward only: a provider reports in any order and repeats itself. A "failed" that comes after "delivered" is not believed.
CREATE FUNCTION core.status_rank(p_status text) RETURNS int
    LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = '' AS $$
    SELECT pg_catalog.array_position(ARRAY['sending', 'unknown', 'accepted', 'failed', 'delivered', 'read'], p_status)
$$;

-- Needs no lock on the conversation: each mark is one conditional update of one message.
CREATE FUNCTION core.apply_mark(p_company uuid, p_message uuid, p_what text, p_item jsonb, p_now timestamptz) RETURNS jsonb
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_message core.messages%ROWTYPE;
    v_at      constant timestamptz := coalesce((p_item ->> 'written_at')::timestamptz, p_now);
BEGIN
    CASE p_what
        WHEN 'status' THEN
            UPDATE core.messages m
               SET status = p_item ->> 'status',
                   failure = CASE p_item ->> 'status' WHEN 'failed' THEN coalesce(p_item ->> 'failure', 'refused') END
             WHERE m.company_id = p_company AND m.id = p_message AND m.direction = 'out'
               AND core.status_rank(p_item ->> 'status') > core.status_rank(m.status)
            RETURNING m.* INTO v_message;
            IF FOUND AND v_message.author = 'machine' THEN
                RETURN pg_catalog.jsonb_build_array(core.bubble_event(p_company, v_message.conversation_id, v_message.id,
                    v_message.reply_id, v_message.position, v_message.status, v_message.trace, p_now));
            END IF;
        WHEN 'edit' THEN
            UPDATE core.messages m SET text = p_item ->> 'text', edited_at = v_at
             WHERE m.company_id = p_company AND m.id = p_message AND m.deleted_at IS NULL
               AND (m.edited_at IS NULL OR m.edited_at <= v_at);
        WHEN 'delete' THEN
            -- What the lead takes back is gone, only its place in the conversation stays. What the company said stays on record.
            UPDATE core.messages m
               SET text = CASE m.direction WHEN 'out' THEN m.text END, media = CASE m.direction WHEN 'out' THEN m.media END,
                   transcript = CASE m.direction WHEN 'out' THEN m.transcript END, deleted_at = v_at
             WHERE m.company_id = p_company AND m.id = p_message AND m.deleted_at IS NULL;
        WHEN 'reaction' THEN
            UPDATE core.messages m
               SET reactions = pg_catalog.jsonb_strip_nulls(m.reactions || pg_catalog.jsonb_build_object(
                       CASE m.direction WHEN 'out' THEN 'lead' ELSE 'person' END, nullif(p_item ->> 'text', '')))
             WHERE m.company_id = p_company AND m.id = p_message;
        ELSE
            RAISE EXCEPTION 'no such mark: %', p_what USING ERRCODE = 'invalid_parameter_value';
    END CASE;
    RETURN '[]';
END
$$;
COMMENT ON FUNCTION core.apply_mark(uuid, uuid, text, jsonb, timestamptz) IS 'A status, edit, delete or reaction on a message that we know.';

CREATE FUNCTION core.apply_pending_marks(p_conversation core.conversations, p_message uuid, p_provider_message_id text, p_now timestamptz)
    RETURNS jsonb LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_mark   record;
    v_events jsonb := '[]';
BEGIN
    FOR v_mark IN
        DELETE FROM core.pending_marks k
         WHERE k.company_id = p_conversation.company_id AND k.instance_id = p_conversation.instance_id
           AND k.provider_message_id = p_provider_message_id
           -- Telegram numbers messages per chat; elsewhere an id means one message, whatever spelling its chat came in.
           AND (p_conversation.channel <> 'telegram' OR k.chat_ref = p_conversation.chat_ref)
        RETURNING k.what, k.item
    LOOP
        -- An echo with our own id has said all it can.
        IF v_mark.what <> 'echo' THEN
            v_events := v_events || core.apply_mark(p_conversation.company_id, p_message, v_mark.what, v_mark.item, p_now);
        END IF;
    END LOOP;
    RETURN v_events;
END
$$;
COMMENT ON FUNCTION core.apply_pending_marks(core.conversations, uuid, text, timestamptz) IS 'What was said of an id before we knew it, applied now.';

-- What a model asked us to wait for is not over because a person came and went. Once it is over it is no lease: whoever still thinks under
-- the fence of before would take it for its own and renew it.
CREATE FUNCTION core.take_conversation(p_conversation core.conversations, p_by text, p_reason text, p_message uuid,
                                       p_trace jsonb, p_now timestamptz) RETURNS jsonb
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_epoch  bigint;
    v_events jsonb;
BEGIN
    UPDATE core.conversations c
       SET state = 'human', epoch = c.epoch + 1, burst_started_at = NULL, turn_due_at = NULL,
           lease_until = CASE WHEN c.throttled_until > p_now THEN c.throttled_until END, updated_at = p_now
     WHERE c.company_id = p_conversation.company_id AND c.id = p_conversation.id AND c.state <> 'human'
    RETURNING c.epoch INTO v_epoch;
    IF NOT FOUND THEN
        RETURN '[]';
    END IF;
    v_events := core.supersede_bubbles(p_conversation.company_id, p_conversation.id, NULL, 'taken_over', p_now);
    INSERT INTO core.takeovers (company_id, conversation_id, taken_by, reason, message_id, epoch, taken_at)
    VALUES (p_conversation.company_id, p_conversation.id, p_by, p_reason, p_message, v_epoch, p_now);
    RETURN v_events || pg_catalog.jsonb_build_array(core.event_row(p_conversation.company_id, 'takeover', p_conversation.id, v_epoch,
        pg_catalog.jsonb_build_object('conversation', p_conversation.id, 'state', 'TAKEN', 'by', upper(p_by)), p_trace, p_now));
END
$$;
COMMENT ON FUNCTION core.take_conversation(core.conversations, text, text, uuid, jsonb, timestamptz) IS 'Stops the machine: nothing planned leaves, no turn commits. A conversation already taken stays as it is.';

-- By when both were written, as the provider's clock tells: it may tell of a person's words long after newer ones of the lead. It tells
-- whole seconds, within which nobody reads and answers; no clock is further from ours than two minutes.
CREATE FUNCTION core.read_when_written(p_conversation core.conversations, p_written_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
    RETURN coalesce(
        (SELECT min(r.seq) - 1
           FROM (SELECT m.company_id, m.direction, m.seq, m.written_at
                   FROM core.messages m
                  WHERE m.conversation_id = p_conversation.id AND m.created_at >= p_written_at - interval '2 min'
                 -- A table that was empty when this was planned would be read by its company alone.
                 OFFSET 0) AS r
          WHERE r.company_id = p_conversation.company_id AND r.direction = 'in' AND r.written_at >= p_written_at),
        p_conversation.inbound_seq);
END
$$;
COMMENT ON FUNCTION core.read_when_written(core.conversations, timestamptz) IS 'Up to which of the lead''s messages a person can have read who wrote then. Served by messages_timeline_idx.';

-- Words from before the conversation was given back, told after it, take nothing back. They do what giving back would have done, had it
-- known them: what they answered waits for no answer, and what is planned as one, or asks to wait for one, and has not left is dropped. Of an
-- answer that was also to newer words these wait for another. Here our clock is compared with the provider's; both keep the time to a second.
CREATE FUNCTION core.store_person_message(p_conversation core.conversations, p_item jsonb, p_now timestamptz,
                                          OUT message_id uuid, OUT events jsonb)
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_written_at constant timestamptz := (p_item ->> 'written_at')::timestamptz;
    v_seen       constant bigint := CASE WHEN v_written_at IS NULL THEN p_conversation.inbound_seq
                                         ELSE core.read_when_written(p_conversation, v_written_at) END;
    v_reply      uuid;
BEGIN
    message_id := core.uuid7();
    INSERT INTO core.messages (id, company_id, conversation_id, direction, author, kind, text, media, provider_message_id, reply_to,
                               seen_seq, status, sent_at, written_at, trace, created_at)
    VALUES (message_id, p_conversation.company_id, p_conversation.id, 'out', 'person', core.message_kind(p_item), p_item ->> 'text',
            nullif(p_item -> 'media', 'null'), p_item ->> 'provider_message_id', p_item ->> 'reply_to', v_seen, 'accepted', p_now,
            coalesce(v_written_at, p_now), p_item -> 'trace', p_now);
    events := core.apply_pending_marks(p_conversation, message_id, p_item ->> 'provider_message_id', p_now);
    IF EXISTS (SELECT FROM (SELECT * FROM core.takeovers WHERE conversation_id = p_conversation.id OFFSET 0) AS t
                WHERE t.company_id = p_conversation.company_id AND t.returned_at >= v_written_at + interval '1 s') THEN
        UPDATE core.conversations c
           SET answered_seq = v_seen, updated_at = p_now,
               burst_started_at = CASE WHEN c.inbound_seq > v_seen THEN c.burst_started_at END,
               turn_due_at = CASE WHEN c.inbound_seq > v_seen THEN c.turn_due_at END
         WHERE c.company_id = p_conversation.company_id AND c.id = p_conversation.id AND c.state = 'ai' AND c.answered_seq < v_seen;
        -- Whoever is thinking about newer words took these for unanswered, with a lease or, on the way out, without one.
        UPDATE core.conversations c
           SET fence = c.fence + 1, lease_until = CASE WHEN c.throttled_until > p_now THEN c.throttled_until END
         WHERE c.company_id = p_conversation.company_id AND c.id = p_conversation.id AND c.state = 'ai';
        FOR v_reply IN
            SELECT DISTINCT b.reply_id
              FROM core.messages b
              JOIN core.turns t ON t.company_id = b.company_id AND t.id = b.turn_id
             WHERE b.company_id = p_conversation.company_id AND b.conversation_id = p_conversation.id AND b.status = 'planned'
               AND b.purpose IN ('answer', 'courtesy') AND t.to_seq <= v_seen
        LOOP
            events := events || core.supersede_bubbles(p_conversation.company_id, p_conversation.id, v_reply, 'taken_over', p_now);
        END LOOP;
        events := events || core.drop_answers_to_others_too(p_conversation, v_seen, p_now);
    ELSE
        events := events || core.take_conversation(p_conversation, 'phone', 'wrote_on_the_phone', message_id, p_item -> 'trace', p_now);
    END IF;
END
$$;
COMMENT ON FUNCTION core.store_person_message(core.conversations, jsonb, timestamptz) IS 'Words that left our number without us: a person of the company wrote them, and has the conversation now, unless it was given back since.';

-- Answers of which nothing has left stand or go together: a newer one took the older for said, or answers its words, too.
CREATE FUNCTION core.drop_answers_to_others_too(p_conversation core.conversations, p_seen bigint, p_now timestamptz) RETURNS jsonb
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_heard constant bigint := coalesce(
        (SELECT max(t.to_seq)
           FROM (SELECT * FROM core.messages WHERE conversation_id = p_conversation.id OFFSET 0) AS m
           JOIN core.turns t ON t.company_id = m.company_id AND t.id = m.turn_id
          WHERE m.company_id = p_conversation.company_id AND m.purpose IN ('answer', 'handover')
            AND (m.attempts > 0 OR m.status NOT IN ('planned', 'superseded'))), 0);
    v_open  record;
    v_reply  uuid;
    v_events jsonb := '[]';
BEGIN
    SELECT min(t.from_seq) AS from_seq, bool_and(t.purpose = 'answer') AS answers INTO v_open
      FROM core.turns t
     WHERE t.company_id = p_conversation.company_id AND t.conversation_id = p_conversation.id AND t.origin = 'burst'
       AND t.origin_id = t.from_seq::text AND t.purpose IN ('answer', 'handover') AND t.to_seq > v_heard
       AND EXISTS (SELECT FROM core.messages m
                    WHERE m.company_id = t.company_id AND m.conversation_id = t.conversation_id AND m.turn_id = t.id);
    IF p_conversation.state = 'ai' AND v_open.answers AND v_open.from_seq <= p_seen THEN
        FOR v_reply IN
            SELECT DISTINCT b.reply_id
              FROM core.messages b
             WHERE b.company_id = p_conversation.company_id AND b.conversation_id = p_conversation.id AND b.status = 'planned'
               AND b.purpose = 'answer'
        LOOP
            v_events := v_events || core.supersede_bubbles(p_conversation.company_id, p_conversation.id, v_reply, 'taken_over', p_now);
        END LOOP;
        IF FOUND THEN
            PERFORM core.wait_for_another_answer(p_conversation, p_now);
        END IF;
    END IF;
    RETURN v_events;
END
$$;
COMMENT ON FUNCTION core.drop_answers_to_others_too(core.conversations, bigint, timestamptz) IS 'Drops the answers that nobody heard yet where they are also to words that a person has answered, and has the others answered anew.';

CREATE FUNCTION core.message_kind(p_item jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = '' AS $$
BEGIN
    RETURN CASE WHEN p_item ->> 'kind' IN ('text', 'image', 'audio', 'video', 'document', 'sticker', 'location', 'contact', 'reaction')
                THEN p_item ->> 'kind' ELSE 'other' END;
END
$$;
COMMENT ON FUNCTION core.message_kind(jsonb) IS 'The kind of an item; what a newer gateway calls otherwise is "other".';

-- Every call ends here, whoever learns of it: the worker that made it, the one that came after a crash, a late look-up, a late echo.
CREATE FUNCTION core.end_call(p_conversation core.conversations, p_bubble core.messages, p_outcome text, p_provider_message_id text,
                              p_reason text, p_now timestamptz) RETURNS jsonb
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_status constant text := CASE p_outcome WHEN 'refused' THEN 'failed' ELSE p_outcome END;
    v_events jsonb;
BEGIN
    UPDATE core.messages b
       SET status = v_status, failure = CASE WHEN v_status <> 'accepted' THEN coalesce(p_reason, p_outcome) END,
           provider_message_id = p_provider_message_id, sent_at = CASE WHEN v_status <> 'failed' THEN p_now END,
           -- Only Evolution can be asked what it sent, by the words.
           look_again_at = CASE WHEN v_status = 'unknown' AND p_conversation.channel = 'whatsapp' AND b.text IS NOT NULL
                                THEN p_now + interval '5 s' END
     WHERE b.company_id = p_bubble.company_id AND b.id = p_bubble.id;
    v_events := pg_catalog.jsonb_build_array(core.bubble_event(p_bubble.company_id, p_bubble.conversation_id, p_bubble.id,
        p_bubble.reply_id, p_bubble.position, v_status, p_bubble.trace, p_now));

    IF v_status = 'failed' THEN
        -- A reply with a hole in it is worse than half a reply.
        RETURN v_events || core.supersede_bubbles(p_bubble.company_id, p_bubble.conversation_id, p_bubble.reply_id, 'reply_failed', p_now);
    END IF;
    UPDATE core.conversations c SET last_outbound_at = greatest(c.last_outbound_at, p_now), updated_at = p_now
     WHERE c.company_id = p_conversation.company_id AND c.id = p_conversation.id;
    IF p_provider_message_id IS NOT NULL THEN
        v_events := v_events || core.apply_pending_marks(p_conversation, p_bubble.id, p_provider_message_id, p_now);
    END IF;
    RETURN v_events;
END
$$;
COMMENT ON FUNCTION core.end_call(core.conversations, core.messages, text, text, text, timestamptz) IS 'Writes how a provider call ended (accepted, refused, unknown) and returns the events.';

-- Which of the calls that nobody saw end an echo belongs to. Words repeat: the echo is of the newest of these calls that had begun in the
-- second in which it was written, and of the oldest when our clocks disagree and none had. The same words more than two minutes before
-- the call (further apart no clocks are) or much later are a person's; how late the provider tells us of them does not matter.
CREATE FUNCTION core.unanswered_call(p_conversation core.conversations, p_text text, p_written_at timestamptz) RETURNS core.messages
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
DECLARE
    v_bubble core.messages%ROWTYPE;
BEGIN
    SELECT b.* INTO v_bubble
      FROM core.messages b, LATERAL (SELECT coalesce(b.called_at, b.created_at) AS at) AS called
     WHERE b.company_id = p_conversation.company_id AND b.conversation_id = p_conversation.id AND b.status = 'unknown'
       AND b.provider_message_id IS NULL AND b.text IS NOT DISTINCT FROM p_text
       AND p_written_at BETWEEN called.at - interval '2 min' AND called.at + interval '10 min'
     ORDER BY CASE WHEN pg_catalog.date_trunc('second', called.at) <= p_written_at THEN called.at END DESC NULLS LAST, called.at, b.id
     LIMIT 1;
    RETURN v_bubble;
END
$$;
COMMENT ON FUNCTION core.unanswered_call(core.conversations, text, timestamptz) IS 'The bubble whose end nobody saw that an echo of these words belongs to; NULL when there is none. Served by messages_unknown_idx.';

-- With the call ended, what is neither its echo nor that of an earlier call with the same words was a person's.
CREATE FUNCTION core.decide_early_echoes(p_conversation core.conversations, p_now timestamptz) RETURNS jsonb
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_echo   record;
    v_ours   core.messages%ROWTYPE;
    v_events jsonb := '[]';
BEGIN
    FOR v_echo IN
        WITH decided AS (
            DELETE FROM core.pending_marks k
             WHERE k.company_id = p_conversation.company_id AND k.conversation_id = p_conversation.id AND k.what = 'echo'
            RETURNING k.provider_message_id, k.item, k.created_at)
        SELECT d.provider_message_id, d.item, coalesce((d.item ->> 'written_at')::timestamptz, d.created_at) AS written_at
          FROM decided d
         ORDER BY d.created_at
    LOOP
        v_ours := core.unanswered_call(p_conversation, v_echo.item ->> 'text', v_echo.written_at);
        v_events := v_events || CASE WHEN v_ours.id IS NULL
            THEN (core.store_person_message(p_conversation, v_echo.item, p_now)).events
            ELSE core.end_call(p_conversation, v_ours, 'accepted', v_echo.provider_message_id, NULL, p_now) END;
    END LOOP;
    RETURN v_events;
END
$$;
COMMENT ON FUNCTION core.decide_early_echoes(core.conversations, timestamptz) IS 'Gives every undecided echo of a conversation to the earlier call whose end it tells, or to the person who must have written it.';

CREATE FUNCTION core.take_over_v1(p_conversation uuid, p_by text, p_reason text, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_conversation core.conversations%ROWTYPE;
BEGIN
    SELECT c.* INTO v_conversation
      FROM core.conversations c
     WHERE c.company_id = core.claimed_company() AND c.id = p_conversation
       FOR UPDATE;
    IF NOT FOUND THEN
        RETURN pg_catalog.jsonb_build_object('found', false, 'changed', false, 'events', '[]'::jsonb);
    END IF;
    RETURN pg_catalog.jsonb_build_object('found', true, 'changed', v_conversation.state <> 'human',
        'on_the_wire', (SELECT count(*) FROM core.messages b
                         WHERE b.company_id = v_conversation.company_id AND b.conversation_id = p_conversation AND b.status = 'sending'
                           AND b.call_fence <> 0),
        'events', core.take_conversation(v_conversation, p_by, p_reason, NULL, NULL, p_now));
END
$$;
COMMENT ON FUNCTION core.take_over_v1(uuid, text, text, timestamptz) IS 'A person takes the conversation. After the commit no provider call of the machine starts; on_the_wire counts the one that may still finish.';

-- By the numbers that the conversation's lock gave out: our moments are taken before the lock is had. No turn commits up to a word that
-- we know a person to have answered, so what a person wrote after a turn's last word, they wrote after the turn. However long ago that was: an answer
-- does not wear off, only newer words of the lead want another, and those have numbers of their own.
CREATE FUNCTION core.answered_by_a_person(p_conversation core.conversations) RETURNS bigint
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
    RETURN coalesce(
        (SELECT max(m.seen_seq)
           FROM (SELECT * FROM core.messages WHERE conversation_id = p_conversation.id OFFSET 0) AS m
          WHERE m.company_id = p_conversation.company_id AND m.author = 'person'), 0);
END
$$;
COMMENT ON FUNCTION core.answered_by_a_person(core.conversations) IS 'Up to which of the lead''s messages a person has answered them; 0 when none has.';

-- The last burst's answer, or the words that went with handing the lead over, when a takeover dropped all of it: of no bubble did a call
-- begin that may have sent it. With it go those before it that newer words or a held-back call kept from being heard as well, and bursts
-- after it that were ended without a word: while the answer was on the wire nothing more needed to be said. Where newer words had dropped
-- it, that silence was decided in the knowledge of it, and stands; not where the words that dropped it came after the silence. A person who
-- wrote since has answered instead. The turns keep their books, under another key.
-- Nothing else is said again, on purpose. Of an answer whose call was refused for good while a person had come and gone, the provider
-- would refuse the next one, too: the failed bubble stands in the conversation. What a takeover dropped of first contacts, follow-ups,
-- notices and requests to wait answers nobody: who took the conversation knows the lead, and decides what is still to be said.
CREATE FUNCTION core.let_go_of_unheard_answer(p_conversation core.conversations) RETURNS bigint
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_said     record;
    v_person   constant bigint := core.answered_by_a_person(p_conversation);
    v_answered bigint := p_conversation.answered_seq;
BEGIN
    -- From the newest turn that said something backwards. Sorted before their bubbles are read, which takes a look at all messages of the
    -- conversation for each turn: at few of them, not at a long conversation's thousands.
    FOR v_said IN
        SELECT t.from_seq, t.to_seq, b.unheard, b.overtaken, b.seen_seq
          FROM (SELECT * FROM core.turns
                 WHERE company_id = p_conversation.company_id AND conversation_id = p_conversation.id AND origin = 'burst'
                   AND origin_id = from_seq::text AND purpose IN ('answer', 'handover') AND to_seq <= v_answered
                 ORDER BY to_seq DESC
                OFFSET 0) AS t
         CROSS JOIN LATERAL (
               SELECT bool_and(m.status = 'superseded' AND m.attempts = 0) AS unheard,
                      bool_and(m.failure IS NOT DISTINCT FROM 'newer_words') AS overtaken, max(m.seen_seq) AS seen_seq
                 FROM core.messages m
                WHERE m.company_id = t.company_id AND m.conversation_id = t.conversation_id AND m.turn_id = t.id) AS b
         WHERE b.unheard IS NOT NULL LOOP
        EXIT WHEN NOT v_said.unheard OR (v_said.overtaken AND v_said.seen_seq < v_answered AND v_said.to_seq < v_answered)
            OR v_person >= v_said.to_seq;
        v_answered := greatest(v_said.from_seq - 1, v_person);
    END LOOP;
    UPDATE core.turns t SET origin_id = t.origin_id || ':unheard:' || t.id
     WHERE t.company_id = p_conversation.company_id AND t.conversation_id = p_conversation.id AND t.origin = 'burst'
       AND t.origin_id = t.from_seq::text AND t.purpose IN ('answer', 'handover') AND t.to_seq > v_answered;
    RETURN nullif(v_answered, p_conversation.answered_seq);
END
$$;
COMMENT ON FUNCTION core.let_go_of_unheard_answer(core.conversations) IS 'Up to which of the lead''s messages there is an answer once the one that nobody heard is none and its burst may have another; NULL, and nothing changed, when the last answer stands.';

-- Not while a person has the conversation: giving it back looks what was heard. What waits for room in the plan waits with its burst open,
-- as the lead's next word may let it go on.
CREATE FUNCTION core.wait_for_another_answer(p_conversation core.conversations, p_now timestamptz) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_answered bigint;
BEGIN
    SELECT core.let_go_of_unheard_answer(c) INTO v_answered
      FROM core.conversations c
     WHERE c.company_id = p_conversation.company_id AND c.id = p_conversation.id AND c.state <> 'human';
    UPDATE core.conversations c
       SET answered_seq = v_answered, burst_started_at = coalesce(c.burst_started_at, p_now), turn_due_at = coalesce(c.turn_due_at, p_now)
     WHERE c.company_id = p_conversation.company_id AND c.id = p_conversation.id AND v_answered IS NOT NULL;
END
$$;
COMMENT ON FUNCTION core.wait_for_another_answer(core.conversations, timestamptz) IS 'After bubbles were just dropped: where nothing of their answer was heard, the burst waits for another.';

CREATE FUNCTION core.give_back_conversation(p_conversation uuid, p_by text, p_reason text, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS jsonb LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_conversation core.conversations%ROWTYPE;
    v_answered     bigint;
BEGIN
    SELECT c.* INTO v_conversation
      FROM core.conversations c
     WHERE c.company_id = core.claimed_company() AND c.id = p_conversation
       FOR UPDATE;
    IF NOT FOUND OR v_conversation.state NOT IN ('human', 'waiting_human') THEN
        RETURN pg_catalog.jsonb_build_object('found', FOUND, 'changed', false, 'events', '[]'::jsonb);
    END IF;

    v_answered := greatest(coalesce(core.let_go_of_unheard_answer(v_conversation), v_conversation.answered_seq),
                           core.answered_by_a_person(v_conversation));
    UPDATE core.conversations c
       SET state = 'ai', epoch = c.epoch + 1, updated_at = p_now, answered_seq = v_answered,
           burst_started_at = CASE WHEN c.inbound_seq > v_answered THEN p_now END,
           turn_due_at = CASE WHEN c.inbound_seq > v_answered THEN p_now END
     WHERE c.company_id = v_conversation.company_id AND c.id = v_conversation.id
    RETURNING c.* INTO v_conversation;
    UPDATE core.takeovers t SET returned_at = p_now, returned_by = p_by
     WHERE t.company_id = v_conversation.company_id AND t.conversation_id = v_conversation.id AND t.returned_at IS NULL;
    RETURN pg_catalog.jsonb_build_object('found', true, 'changed', true, 'events', pg_catalog.jsonb_build_array(core.event_row(
        v_conversation.company_id, 'takeover', v_conversation.id, v_conversation.epoch, pg_catalog.jsonb_build_object(
            'conversation', v_conversation.id, 'state', 'RETURNED', 'by', upper(p_by)), NULL, p_now)));
END
$$;
COMMENT ON FUNCTION core.give_back_conversation(uuid, text, text, timestamptz) IS 'What return_to_machine_v1 does when the plan has room.';

ALTER FUNCTION core.take_over_v1(uuid, text, text, timestamptz) OWNER TO core_delivery;
ALTER FUNCTION core.give_back_conversation(uuid, text, text, timestamptz) OWNER TO core_delivery;
REVOKE ALL ON FUNCTION core.bubble_event(uuid, uuid, uuid, uuid, int, text, jsonb, timestamptz),
    core.supersede_bubbles(uuid, uuid, uuid, text, timestamptz), core.status_rank(text),
    core.apply_mark(uuid, uuid, text, jsonb, timestamptz), core.apply_pending_marks(core.conversations, uuid, text, timestamptz),
    core.take_conversation(core.conversations, text, text, uuid, jsonb, timestamptz),
    core.read_when_written(core.conversations, timestamptz), core.store_person_message(core.conversations, jsonb, timestamptz),
    core.drop_answers_to_others_too(core.conversations, bigint, timestamptz), core.message_kind(jsonb), core.end_call(core.conversations, core.messages, text, text, text, timestamptz),
    core.unanswered_call(core.conversations, text, timestamptz), core.decide_early_echoes(core.conversations, timestamptz),
    core.take_over_v1(uuid, text, text, timestamptz), core.give_back_conversation(uuid, text, text, timestamptz),
    core.answered_by_a_person(core.conversations), core.let_go_of_unheard_answer(core.conversations),
    core.wait_for_another_answer(core.conversations, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.bubble_event(uuid, uuid, uuid, uuid, int, text, jsonb, timestamptz),
    core.supersede_bubbles(uuid, uuid, uuid, text, timestamptz), core.status_rank(text),
    core.apply_mark(uuid, uuid, text, jsonb, timestamptz), core.apply_pending_marks(core.conversations, uuid, text, timestamptz),
    core.take_conversation(core.conversations, text, text, uuid, jsonb, timestamptz),
    core.read_when_written(core.conversations, timestamptz), core.store_person_message(core.conversations, jsonb, timestamptz),
    core.drop_answers_to_others_too(core.conversations, bigint, timestamptz), core.message_kind(jsonb), core.end_call(core.conversations, core.messages, text, text, text, timestamptz),
    core.unanswered_call(core.conversations, text, timestamptz),
    core.decide_early_echoes(core.conversations, timestamptz) TO core_intake, core_delivery;
GRANT EXECUTE ON FUNCTION core.answered_by_a_person(core.conversations), core.let_go_of_unheard_answer(core.conversations),
    core.wait_for_another_answer(core.conversations, timestamptz) TO core_intake, core_delivery;
GRANT EXECUTE ON FUNCTION core.take_over_v1(uuid, text, text, timestamptz) TO runtime_app, evolution_app, backoffice_app;
GRANT EXECUTE ON FUNCTION core.message_kind(jsonb) TO core_rebuild;
