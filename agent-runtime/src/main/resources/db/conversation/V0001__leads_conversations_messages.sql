-- Who writes to us, where we talk, and every message: the tables that intake, turns and delivery work on.
-- First migration of the slice: only creates, locks nothing that anyone uses.

SELECT core.make_service_tables('runtime', 'runtime_app');

-- PostgreSQL plans for tables of which it knows nothing yet, those of a new database until they are analysed, as if any index
-- that a query can use were as good as another, and takes the youngest. So here keys come after the lists of a company, the
-- narrowest last, and an index on an id that is no other company's does without the company: no look-up can take it by mistake.
CREATE TABLE core.leads (
    id           uuid        NOT NULL DEFAULT core.uuid7(),
    company_id   uuid        NOT NULL REFERENCES core.companies (id),
    name         text,
    phone        text        CHECK (phone ~ '^[0-9]{6,20}$'),
    email        text,
    source       text        NOT NULL CHECK (source IN ('whatsapp', 'whatsapp_ad', 'instagram', 'telegram', 'form')),
    stage        text        NOT NULL DEFAULT 'new' CHECK (stage IN ('new', 'engaged', 'qualified', 'disqualified')),
    score        int         CHECK (score BETWEEN 0 AND 100),
    handoff_id   uuid,
    instance_id  uuid,
    attribution  jsonb       NOT NULL DEFAULT '{}',
    over_plan_at timestamptz,
    rebuilt_at   timestamptz,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX leads_newest_idx ON core.leads (company_id, created_at DESC);
COMMENT ON INDEX core.leads_newest_idx IS 'Serves the back office''s list of a company''s leads.';
CREATE INDEX leads_qualified_idx ON core.leads (updated_at) WHERE stage = 'qualified';
COMMENT ON INDEX core.leads_qualified_idx IS 'Serves leads_without_deal_v1 and facts_without_conversion_v1: leads qualified of late.';
CREATE INDEX leads_over_plan_idx ON core.leads (company_id, over_plan_at) WHERE over_plan_at IS NOT NULL;
COMMENT ON INDEX core.leads_over_plan_idx IS 'Serves the number of leads that wait for room; empty but for companies beyond their plan.';
ALTER TABLE core.leads ADD UNIQUE (company_id, id);
ALTER TABLE core.leads ADD PRIMARY KEY (id);
COMMENT ON TABLE core.leads IS 'A person as one company knows them. Retention: person, until erased or 24 months after the last message.';
COMMENT ON COLUMN core.leads.phone IS 'Digits with country code, with the ninth digit where Brazil has one. Other spellings are identities.';
COMMENT ON COLUMN core.leads.handoff_id IS 'Set once by the qualification: the business key of the deal that follows.';
COMMENT ON COLUMN core.leads.instance_id IS 'The channel instance the lead first came through.';
COMMENT ON COLUMN core.leads.attribution IS 'ctwa_clid, ad_id, fbclid, fbc, fbp, page_url, client_ip, user_agent, utm. What is known is never overwritten.';
COMMENT ON COLUMN core.leads.over_plan_at IS 'Since when the lead has no place in the company''s plan and no machine answers it; empty: it has one.';
COMMENT ON COLUMN core.leads.rebuilt_at IS 'Set when the lead was made again from raw webhooks: nothing is announced of it by itself.';

-- What an operator rebuilt has had its effects already, or may not have them any more: no sweep takes it for new.
CREATE FUNCTION core.note_rebuilt() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    NEW.rebuilt_at := pg_catalog.clock_timestamp();
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION core.note_rebuilt() FROM PUBLIC;
CREATE TRIGGER note_rebuilt BEFORE INSERT ON core.leads
    FOR EACH ROW WHEN (current_user = 'core_rebuild') EXECUTE FUNCTION core.note_rebuilt();

CREATE TABLE core.lead_identities (
    company_id  uuid        NOT NULL REFERENCES core.companies (id),
    kind        text        NOT NULL CHECK (kind IN ('phone', 'jid', 'lid', 'bsuid', 'igsid', 'telegram')),
    value       text        NOT NULL CHECK (length(value) BETWEEN 1 AND 320),
    lead_id     uuid        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (company_id, kind, value),
    -- Deferred: intake claims an identity first and makes the lead only when it has won.
    FOREIGN KEY (company_id, lead_id) REFERENCES core.leads (company_id, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX lead_identities_lead_idx ON core.lead_identities (lead_id);
COMMENT ON TABLE core.lead_identities IS 'Every address a lead is known by. A Brazilian mobile stands here with and without its ninth digit; an e-mail never does, anyone can type one. Retention: person.';

CREATE TABLE core.consents (
    id          uuid        PRIMARY KEY DEFAULT core.uuid7(),
    company_id  uuid        NOT NULL REFERENCES core.companies (id),
    lead_id     uuid        NOT NULL,
    purpose     text        NOT NULL DEFAULT 'contact',
    state       text        NOT NULL CHECK (state IN ('opted_in', 'opted_out')),
    origin      text        NOT NULL,
    message_id  uuid,
    wording     text,
    version     text,
    stated_at   timestamptz,
    changed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    UNIQUE (company_id, lead_id, purpose),
    FOREIGN KEY (company_id, lead_id) REFERENCES core.leads (company_id, id)
);
COMMENT ON TABLE core.consents IS 'Whether we may write to a lead first, and what says so. Retention: person; a refusal outlives the rest.';
COMMENT ON COLUMN core.consents.wording IS 'What the lead agreed to, as the form showed it.';
COMMENT ON COLUMN core.consents.stated_at IS 'When the lead agreed, as the form tells it; changed_at is our clock.';

-- No foreign key to the form: forms belong to another slice.
CREATE TABLE core.form_submissions (
    id           uuid        PRIMARY KEY,
    company_id   uuid        NOT NULL REFERENCES core.companies (id),
    form_id      uuid        NOT NULL,
    lead_id      uuid        NOT NULL,
    person       text        NOT NULL CHECK (length(person) BETWEEN 1 AND 400),
    announced    boolean     NOT NULL,
    attribution  jsonb       NOT NULL DEFAULT '{}',
    consent      jsonb,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    FOREIGN KEY (company_id, lead_id) REFERENCES core.leads (company_id, id)
);
CREATE INDEX form_submissions_fold_idx ON core.form_submissions (company_id, form_id, person, created_at DESC) WHERE announced;
COMMENT ON INDEX core.form_submissions_fold_idx IS 'Serves the question whether this person sent this form within a day.';
CREATE INDEX form_submissions_lead_idx ON core.form_submissions (company_id, lead_id, created_at DESC);
COMMENT ON INDEX core.form_submissions_lead_idx IS 'Serves what a lead has told by forms, newest first.';
CREATE INDEX form_submissions_announced_idx ON core.form_submissions (created_at) WHERE announced;
COMMENT ON INDEX core.form_submissions_announced_idx IS 'Serves ungreeted_form_leads_v1: forms sent of late.';
COMMENT ON TABLE core.form_submissions IS 'Each time a web form was sent to us. Retention: person.';
COMMENT ON COLUMN core.form_submissions.id IS 'Also the id of the lead.created event that announces it.';
COMMENT ON COLUMN core.form_submissions.person IS 'phone:<digits>, or email:<address> where no phone was left: who is folded within a day.';
COMMENT ON COLUMN core.form_submissions.announced IS 'False: the same person had sent the same form within the day before.';

-- A conversation's row is updated some ten times a turn, and a message's as often as its states change: room in the page keeps the updates
-- that touch no index there, and the rest is cleared away before it is worth reading.
CREATE TABLE core.conversations (
    id                    uuid        NOT NULL DEFAULT core.uuid7(),
    company_id            uuid        NOT NULL REFERENCES core.companies (id),
    lead_id               uuid        NOT NULL,
    instance_id           uuid        NOT NULL,
    channel               text        NOT NULL CHECK (channel IN ('whatsapp', 'instagram', 'telegram')),
    chat_ref              text        NOT NULL CHECK (length(chat_ref) BETWEEN 1 AND 200),
    state                 text        NOT NULL DEFAULT 'ai' CHECK (state IN ('ai', 'waiting_human', 'human', 'closed')),
    held_for              text        CHECK (held_for IN ('leads', 'modelSpend')),
    inbound_seq           bigint      NOT NULL DEFAULT 0,
    answered_seq          bigint      NOT NULL DEFAULT 0,
    fence                 bigint      NOT NULL DEFAULT 0,
    epoch                 bigint      NOT NULL DEFAULT 0,
    burst_started_at      timestamptz,
    turn_due_at           timestamptz,
    lease_until           timestamptz,
    throttled_until       timestamptz,
    delivery_fence        bigint      NOT NULL DEFAULT 0,
    delivery_lease_until  timestamptz,
    rests_since           timestamptz,
    rests_until           timestamptz,
    asked_to_rest_until   timestamptz,
    last_inbound_at       timestamptz,
    last_outbound_at      timestamptz,
    created_at            timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at            timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (answered_seq BETWEEN 0 AND inbound_seq),
    FOREIGN KEY (company_id, lead_id) REFERENCES core.leads (company_id, id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_analyze_scale_factor = 0.02);
-- greatest() ignores a lease that is not there: the moment from which a conversation may be claimed.
CREATE INDEX conversations_ready_idx ON core.conversations (greatest(turn_due_at, lease_until)) WHERE turn_due_at IS NOT NULL AND state = 'ai';
COMMENT ON INDEX core.conversations_ready_idx IS 'Serves claim_due_turns_v2: whether anything is due at all, and when the next will be.';
CREATE INDEX conversations_ready_of_company_idx ON core.conversations (company_id, greatest(turn_due_at, lease_until))
    WHERE turn_due_at IS NOT NULL AND state = 'ai';
COMMENT ON INDEX core.conversations_ready_of_company_idx IS 'Serves claim_due_turns_v2: the due conversations of a company, oldest first; what is being thought about is not among them.';
CREATE INDEX conversations_stranded_idx ON core.conversations (company_id, last_inbound_at)
    WHERE state = 'ai' AND turn_due_at IS NULL AND inbound_seq > answered_seq;
COMMENT ON INDEX core.conversations_stranded_idx IS 'Serves make_stranded_bursts_due_v1: empty but for the bursts of companies that are not active.';
CREATE INDEX conversations_recent_idx ON core.conversations (company_id, last_inbound_at DESC NULLS LAST);
COMMENT ON INDEX core.conversations_recent_idx IS 'Serves the back office''s list of a company''s conversations.';
CREATE INDEX conversations_held_idx ON core.conversations (company_id, lead_id) WHERE held_for IS NOT NULL;
COMMENT ON INDEX core.conversations_held_idx IS 'Serves the back office''s list and number of leads whom the plan keeps waiting.';
CREATE INDEX conversations_resting_idx ON core.conversations (company_id, instance_id, rests_until) WHERE rests_until IS NOT NULL;
COMMENT ON INDEX core.conversations_resting_idx IS 'Serves rouse_bubbles_of_mended_v1: what rests at an instance, among what ever rested there.';
ALTER TABLE core.conversations ADD UNIQUE (company_id, id);
ALTER TABLE core.conversations ADD UNIQUE (company_id, instance_id, chat_ref);
ALTER TABLE core.conversations ADD PRIMARY KEY (id);
CREATE INDEX conversations_lead_idx ON core.conversations (lead_id, instance_id);
COMMENT ON TABLE core.conversations IS 'One lead at one channel instance; the row that intake, turns, delivery and takeover lock. Retention: person.';
COMMENT ON COLUMN core.conversations.chat_ref IS 'The address to answer to, as the channel''s gateway understands it.';
COMMENT ON COLUMN core.conversations.held_for IS 'The limit of the plan for which the machine does not answer here; empty: for none.';
COMMENT ON COLUMN core.conversations.inbound_seq IS 'Number of the lead''s newest message; grows by one with each.';
COMMENT ON COLUMN core.conversations.answered_seq IS 'Up to here a turn has ended. Greater inbound_seq means a burst is waiting. Goes back by a burst whose answer a takeover dropped whole.';
COMMENT ON COLUMN core.conversations.fence IS 'Grows with each claim of a turn; whoever commits with an older one has lost it.';
COMMENT ON COLUMN core.conversations.epoch IS 'Grows when a person takes the conversation and when it is given back.';
COMMENT ON COLUMN core.conversations.burst_started_at IS 'First message of the waiting burst: caps how long a talkative lead waits.';
COMMENT ON COLUMN core.conversations.throttled_until IS 'Until when a model asked us to wait here; it stays when that is over. A turn that was told so holds a lease of that length under a fence of nobody, a conversation left to people keeps the lease, and a first contact waits for it. A turn asks nevertheless where only a first contact was told so.';
COMMENT ON COLUMN core.conversations.rests_until IS 'Until when nothing leaves here, as a send was turned away; it stays when that is over. The lease keeps deliveries out, this tells what is planned meanwhile.';
COMMENT ON COLUMN core.conversations.rests_since IS 'When that send began: what was mended while it was on the wire, it did not meet.';
COMMENT ON COLUMN core.conversations.asked_to_rest_until IS 'Of that time, what the send was told to wait, by the provider or by our own breaker and limits: it is not tried sooner, whatever works again. The rest is the wait that grows.';
COMMENT ON COLUMN core.conversations.last_outbound_at IS 'When our newest bubble left; the next one is paced from here.';

CREATE TABLE core.messages (
    id                   uuid        NOT NULL DEFAULT core.uuid7(),
    company_id           uuid        NOT NULL REFERENCES core.companies (id),
    conversation_id      uuid        NOT NULL,
    direction            text        NOT NULL CHECK (direction IN ('in', 'out')),
    author               text        NOT NULL CHECK (author IN ('lead', 'machine', 'person')),
    seq                  bigint,
    turn_id              uuid,
    reply_id             uuid,
    position             int         CHECK (position >= 0),
    leaves_by            text,
    purpose              text        CHECK (purpose IN ('answer', 'courtesy', 'handover', 'notice', 'follow_up', 'first_contact')),
    seen_seq             bigint,
    kind                 text        NOT NULL CHECK (kind IN ('text', 'image', 'audio', 'video', 'document', 'sticker',
                                                              'location', 'contact', 'reaction', 'other')),
    text                 text,
    media                jsonb,
    transcript           text,
    counted_calls        uuid[],
    provider_message_id  text,
    reply_to             text,
    referral             jsonb,
    reactions            jsonb       NOT NULL DEFAULT '{}',
    status               text        NOT NULL CHECK (status IN ('received', 'planned', 'sending', 'accepted', 'delivered',
                                                                'read', 'failed', 'superseded', 'unknown')),
    failure              text,
    pace_ms              int         NOT NULL DEFAULT 0 CHECK (pace_ms >= 0),
    due_at               timestamptz,
    attempts             int         NOT NULL DEFAULT 0,
    postponed            int         NOT NULL DEFAULT 0,
    call_fence           bigint,
    call_deadline        timestamptz,
    called_at            timestamptz,
    call_epoch           bigint,
    look_again_at        timestamptz,
    sent_at              timestamptz,
    written_at           timestamptz,
    edited_at            timestamptz,
    deleted_at           timestamptz,
    trace                jsonb,
    created_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (company_id, id),
    CHECK ((direction = 'in') = (author = 'lead')),
    CHECK ((direction = 'in') = (status = 'received')),
    CHECK ((direction = 'in') = (seq IS NOT NULL)),
    CHECK ((author = 'machine') = (reply_id IS NOT NULL)),
    CHECK (author <> 'machine' OR (position IS NOT NULL AND purpose IS NOT NULL)),
    CHECK (status <> 'sending' OR (call_fence IS NOT NULL AND call_deadline IS NOT NULL)),
    CHECK (status NOT IN ('planned', 'sending') OR leaves_by IS NOT NULL),
    FOREIGN KEY (company_id, conversation_id) REFERENCES core.conversations (company_id, id)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_analyze_scale_factor = 0.02);
CREATE INDEX messages_timeline_idx ON core.messages (conversation_id, created_at);
COMMENT ON INDEX core.messages_timeline_idx IS 'Serves the history of a conversation and the burst of a turn.';
CREATE INDEX messages_provider_idx ON core.messages (company_id, provider_message_id) WHERE provider_message_id IS NOT NULL;
COMMENT ON INDEX core.messages_provider_idx IS 'Serves statuses, echoes, edits and reactions, which name a provider''s id.';
CREATE INDEX messages_leaving_idx ON core.messages (leaves_by, coalesce(due_at, '-infinity')) WHERE status IN ('planned', 'sending');
COMMENT ON INDEX core.messages_leaving_idx IS 'Serves claim_deliveries_v1 and count_overdue_deliveries_v1: what has not ended and does not rest on the channels of who asks. Beyond their time: what rests.';
CREATE INDEX messages_open_bubbles_idx ON core.messages (company_id, conversation_id, created_at) WHERE status IN ('planned', 'sending');
COMMENT ON INDEX core.messages_open_bubbles_idx IS 'Serves claim_bubble_v1: only bubbles that have not ended.';
CREATE INDEX messages_unknown_idx ON core.messages (company_id, conversation_id)
    WHERE status = 'unknown' OR leaves_by = 'telegram' AND attempts > 1;
COMMENT ON INDEX core.messages_unknown_idx IS 'Serves the list of unknown bubbles and of those that were said once more, and late echoes.';
CREATE INDEX messages_looking_idx ON core.messages (look_again_at) WHERE look_again_at IS NOT NULL;
COMMENT ON INDEX core.messages_looking_idx IS 'Serves claim_unknown_bubbles_v1: only unknown bubbles that are still looked for.';
CREATE INDEX messages_media_wanted_idx ON core.messages (created_at) WHERE direction = 'in' AND media ->> 'state' = 'pending';
COMMENT ON INDEX core.messages_media_wanted_idx IS 'Serves media_left_behind_v2: messages that came with a file to fetch.';
COMMENT ON TABLE core.messages IS 'Each message of the lead and each bubble of ours. Retention: person.';
COMMENT ON COLUMN core.messages.id IS 'UUIDv7, the only key besides the company: the table can be partitioned by time later. Dedupe lives in message_keys.';
COMMENT ON COLUMN core.messages.counted_calls IS 'Calls of models about the media of this message whose cost was counted: the repeat of a lost write counts none of them twice.';
COMMENT ON COLUMN core.messages.seq IS 'Number of an inbound message in its conversation, from 1, without gaps.';
COMMENT ON COLUMN core.messages.seen_seq IS 'inbound_seq of the conversation when this bubble was planned, set by the database, and beyond all numbers for the first of an answer that was planned although more words had come; of a person''s words, the last one of the lead that they can have read. Words after it are newer. Once its call was not made, at least what was answered by then.';
COMMENT ON COLUMN core.messages.pace_ms IS 'How long a person would type this bubble: it leaves no sooner than that after the one before.';
COMMENT ON COLUMN core.messages.due_at IS 'Not before: the bubble rests. Set for all that is planned in a conversation when a call was held back, by the provider or by us.';
COMMENT ON COLUMN core.messages.attempts IS 'Provider calls begun whose end we do not know to be "not sent".';
COMMENT ON COLUMN core.messages.call_fence IS 'delivery_fence of the worker whose call is on the wire; 0, nobody''s, while a repeat that was held back waits.';
COMMENT ON COLUMN core.messages.call_deadline IS 'No call begun under this claim can still be running five seconds after it.';
COMMENT ON COLUMN core.messages.leaves_by IS 'Of the machine''s bubbles: the channel of the conversation, set by the database; by it delivery finds its own.';
COMMENT ON COLUMN core.messages.called_at IS 'When the newest call that may send this bubble was allowed; a look-up at the provider begins here.';
COMMENT ON COLUMN core.messages.call_epoch IS 'epoch of the conversation when that call was allowed: a takeover of a greater one met it.';
COMMENT ON COLUMN core.messages.look_again_at IS 'When to ask the provider again about a bubble that is unknown; empty: never (again), only an echo can tell.';
COMMENT ON COLUMN core.messages.reactions IS 'By author: lead or person, the emoji now shown.';
COMMENT ON COLUMN core.messages.trace IS 'correlation_id and traceparent of what caused this row; events about it carry them on.';

-- Not left to the planner. The channel: a conversation never changes it. What has been seen: an answer that was planned although
-- more words had come already (a talkative lead) would else be dropped for just those words; and its first bubble is said whatever comes
-- before it leaves, or who never stops writing would never hear one (not while the conversation rests: many would collect). Until when it rests: behind a bubble that
-- was turned away nothing leaves sooner, so no claim need look at it. The planner holds the conversation's row lock, so both are exact.
CREATE FUNCTION core.note_conversation() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    SELECT c.channel,
           CASE WHEN NEW.status <> 'planned' THEN NEW.seen_seq
                WHEN NEW.purpose = 'answer' AND NEW.position = 0 AND c.inbound_seq > c.answered_seq
                     AND coalesce(c.rests_until <= NEW.created_at, true) THEN 9223372036854775807
                ELSE c.inbound_seq END,
           CASE WHEN NEW.status = 'planned' AND c.rests_until > NEW.created_at THEN c.rests_until ELSE NEW.due_at END
      INTO NEW.leaves_by, NEW.seen_seq, NEW.due_at
      FROM core.conversations c
     WHERE c.company_id = NEW.company_id AND c.id = NEW.conversation_id;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION core.note_conversation() FROM PUBLIC;
CREATE TRIGGER note_conversation BEFORE INSERT ON core.messages
    FOR EACH ROW WHEN (NEW.author = 'machine') EXECUTE FUNCTION core.note_conversation();

CREATE TABLE core.message_keys (
    company_id    uuid        NOT NULL REFERENCES core.companies (id),
    instance_id   uuid        NOT NULL,
    provider_key  text        NOT NULL CHECK (length(provider_key) BETWEEN 1 AND 600),
    message_id    uuid,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (company_id, instance_id, provider_key)
);
CREATE INDEX message_keys_age_idx ON core.message_keys (created_at);
COMMENT ON INDEX core.message_keys_age_idx IS 'Serves forget_message_keys_v1.';
COMMENT ON TABLE core.message_keys IS 'What providers have already told us; a second telling changes nothing. Retention: dedupe, 30 days (providers repeat for minutes).';
COMMENT ON COLUMN core.message_keys.message_id IS 'The message it became; empty for statuses, edits and the like.';

CREATE TABLE core.pending_marks (
    id                   uuid        PRIMARY KEY DEFAULT core.uuid7(),
    company_id           uuid        NOT NULL REFERENCES core.companies (id),
    instance_id          uuid        NOT NULL,
    conversation_id      uuid,
    what                 text        NOT NULL CHECK (what IN ('status', 'echo', 'edit', 'delete', 'reaction')),
    provider_message_id  text        NOT NULL,
    chat_ref             text,
    item                 jsonb       NOT NULL,
    expires_at           timestamptz NOT NULL,
    created_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id)
);
CREATE INDEX pending_marks_provider_idx ON core.pending_marks (company_id, instance_id, provider_message_id);
COMMENT ON INDEX core.pending_marks_provider_idx IS 'Serves the moment an id becomes known.';
CREATE INDEX pending_marks_echo_idx ON core.pending_marks (company_id, conversation_id) WHERE what = 'echo';
COMMENT ON INDEX core.pending_marks_echo_idx IS 'Serves the end of a provider call, which decides whose words an early echo is.';
CREATE INDEX pending_marks_expired_idx ON core.pending_marks (expires_at);
COMMENT ON INDEX core.pending_marks_expired_idx IS 'Serves forget_expired_marks_v1.';
COMMENT ON TABLE core.pending_marks IS 'Status, echo, edit, delete or reaction for an id we do not know yet. Retention: marks, 7 days.';

CREATE TABLE core.media (
    id          uuid        PRIMARY KEY DEFAULT core.uuid7(),
    company_id  uuid        NOT NULL REFERENCES core.companies (id),
    message_id  uuid        NOT NULL,
    state       text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'stored', 'failed')),
    mime_type   text,
    bytes       bigint      CHECK (bytes >= 0),
    sha256      bytea,
    location    text,
    failure     text,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    stored_at   timestamptz,
    UNIQUE (company_id, id),
    UNIQUE (company_id, message_id),
    CHECK (state <> 'stored' OR location IS NOT NULL)
);
CREATE INDEX media_age_idx ON core.media (created_at);
COMMENT ON INDEX core.media_age_idx IS 'Serves forget_media_v1.';
COMMENT ON TABLE core.media IS 'Where the media of a message is kept, or why it could not be fetched. Retention: media, 12 months.';
COMMENT ON COLUMN core.media.message_id IS 'No foreign key: messages will lose old partitions whole.';

SELECT core.protect('core.leads', 'runtime_app', 'SELECT,UPDATE');
SELECT core.protect('core.lead_identities', 'runtime_app', 'SELECT');
SELECT core.protect('core.consents', 'runtime_app', 'SELECT,INSERT,UPDATE');
SELECT core.protect('core.form_submissions', 'runtime_app', 'SELECT');
SELECT core.protect('core.conversations', 'runtime_app', 'SELECT,UPDATE');
SELECT core.protect('core.messages', 'runtime_app', 'SELECT,INSERT,UPDATE');
SELECT core.protect('core.message_keys', 'runtime_app', 'SELECT');
SELECT core.protect('core.pending_marks', 'runtime_app', 'SELECT');
SELECT core.protect('core.media', 'runtime_app', 'SELECT,INSERT,UPDATE');

-- The WhatsApp gateway looks for its own unconfirmed bubbles at the provider, and keeps media.
SELECT core.protect('core.lead_identities', 'evolution_app', 'SELECT');
SELECT core.protect('core.conversations', 'evolution_app', 'SELECT');
SELECT core.protect('core.messages', 'evolution_app', 'SELECT');
SELECT core.protect('core.media', 'evolution_app', 'SELECT,INSERT,UPDATE');

SELECT core.protect(t, 'backoffice_app', 'SELECT'), core.admit(t, 'backoffice_reader', 'SELECT')
  FROM unnest(ARRAY['core.leads', 'core.lead_identities', 'core.consents', 'core.form_submissions', 'core.conversations',
                    'core.messages', 'core.media']::regclass[]) AS t;

SELECT core.protect('core.leads', 'capi_app', 'SELECT');

SELECT core.admit('core.leads', 'core_intake', 'SELECT,INSERT,UPDATE');
SELECT core.admit('core.lead_identities', 'core_intake', 'SELECT,INSERT,UPDATE');
SELECT core.admit('core.consents', 'core_intake', 'SELECT,INSERT,UPDATE');
SELECT core.admit('core.form_submissions', 'core_intake', 'SELECT,INSERT');
SELECT core.admit('core.conversations', 'core_intake', 'SELECT,INSERT,UPDATE');
SELECT core.admit('core.messages', 'core_intake', 'SELECT,INSERT,UPDATE');
SELECT core.admit('core.message_keys', 'core_intake', 'SELECT,INSERT');
SELECT core.admit('core.pending_marks', 'core_intake', 'SELECT,INSERT,DELETE');
SELECT core.admit('core.conversations', 'core_turns', 'SELECT,UPDATE');
SELECT core.admit('core.leads', 'core_deals', 'SELECT');
SELECT core.admit('core.leads', 'core_delivery', 'SELECT,UPDATE');
SELECT core.admit('core.conversations', 'core_delivery', 'SELECT,UPDATE');
SELECT core.admit('core.messages', 'core_delivery', 'SELECT,INSERT,UPDATE');
SELECT core.admit('core.pending_marks', 'core_delivery', 'SELECT,DELETE');
SELECT core.admit('core.consents', 'core_delivery', 'SELECT');

SELECT core.admit(t, 'core_sweep', 'SELECT')
  FROM unnest(ARRAY['core.leads', 'core.conversations', 'core.messages', 'core.form_submissions']::regclass[]) AS t;
SELECT core.admit('core.message_keys', 'core_sweep', 'SELECT,DELETE');
SELECT core.admit('core.media', 'core_sweep', 'SELECT,DELETE');

SELECT core.admit('core.leads', 'core_rebuild', 'SELECT,INSERT');
SELECT core.admit('core.lead_identities', 'core_rebuild', 'SELECT,INSERT');
SELECT core.admit('core.conversations', 'core_rebuild', 'SELECT,INSERT,UPDATE');
SELECT core.admit('core.messages', 'core_rebuild', 'SELECT,INSERT,UPDATE');
SELECT core.admit('core.message_keys', 'core_rebuild', 'SELECT,INSERT');
