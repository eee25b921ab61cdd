-- What the machine decided and why, and when a person took over: the record beside the conversation.
-- Only creates, locks nothing that anyone uses.

CREATE TABLE core.turns (
    id               uuid        PRIMARY KEY DEFAULT core.uuid7(),
    company_id       uuid        NOT NULL REFERENCES core.companies (id),
    conversation_id  uuid        NOT NULL,
    origin           text        NOT NULL CHECK (origin IN ('burst', 'form', 'follow_up', 'contract', 'takeover_return')),
    origin_id        text        NOT NULL,
    purpose          text        NOT NULL CHECK (purpose IN ('answer', 'courtesy', 'handover', 'notice', 'follow_up', 'first_contact')),
    from_seq         bigint,
    to_seq           bigint,
    fence            bigint,
    restarts         int         NOT NULL DEFAULT 0,
    outcome          text        CHECK (outcome ~ '^[a-z_]{1,40}$'),
    reason           text,
    model            text,
    input_tokens     int,
    output_tokens    int,
    started_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    committed_at     timestamptz,
    UNIQUE (company_id, id),
    UNIQUE (company_id, conversation_id, origin, origin_id, purpose),
    CHECK (from_seq IS NULL OR to_seq IS NULL OR from_seq <= to_seq),
    FOREIGN KEY (company_id, conversation_id) REFERENCES core.conversations (company_id, id)
);
COMMENT ON TABLE core.turns IS 'One decision of the machine: what it answered to, with what, at what cost. Retention: person.';
COMMENT ON COLUMN core.turns.origin_id IS 'What the turn answers to. For a burst its first seq, which restarts do not change: so a burst has at most one answer. Ends in :unheard: and the turn''s id where a takeover dropped the answer whole, or that of words just before, and the burst waited for another.';
COMMENT ON COLUMN core.turns.outcome IS 'reply, silence, handover, disqualify, qualified; an open list, in lower case.';
COMMENT ON COLUMN core.turns.reason IS 'A code or an id, never words of the lead.';

CREATE TABLE core.lead_scores (
    id                  uuid        PRIMARY KEY DEFAULT core.uuid7(),
    company_id          uuid        NOT NULL REFERENCES core.companies (id),
    lead_id             uuid        NOT NULL,
    conversation_id     uuid        NOT NULL,
    turn_id             uuid        NOT NULL,
    score               int         NOT NULL CHECK (score BETWEEN 0 AND 100),
    evidence            jsonb       NOT NULL,
    centurion_version   int,
    created_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    UNIQUE (company_id, turn_id),
    FOREIGN KEY (company_id, lead_id) REFERENCES core.leads (company_id, id),
    FOREIGN KEY (company_id, conversation_id) REFERENCES core.conversations (company_id, id),
    FOREIGN KEY (company_id, turn_id) REFERENCES core.turns (company_id, id)
);
CREATE INDEX lead_scores_newest_idx ON core.lead_scores (company_id, lead_id, created_at DESC);
COMMENT ON INDEX core.lead_scores_newest_idx IS 'Serves the newest score of a lead.';
COMMENT ON TABLE core.lead_scores IS 'How far a lead is qualified after a turn. Retention: person.';
COMMENT ON COLUMN core.lead_scores.evidence IS 'By criterion: met, answer, and the message that says so.';

CREATE TABLE core.takeovers (
    id               uuid        PRIMARY KEY DEFAULT core.uuid7(),
    company_id       uuid        NOT NULL REFERENCES core.companies (id),
    conversation_id  uuid        NOT NULL,
    taken_by         text        NOT NULL CHECK (taken_by IN ('phone', 'supervisor', 'centurion', 'other')),
    reason           text,
    message_id       uuid,
    epoch            bigint      NOT NULL,
    taken_at         timestamptz NOT NULL,
    returned_at      timestamptz,
    returned_by      text        CHECK (returned_by IN ('phone', 'supervisor', 'centurion', 'other')),
    UNIQUE (company_id, id),
    FOREIGN KEY (company_id, conversation_id) REFERENCES core.conversations (company_id, id)
);
CREATE UNIQUE INDEX takeovers_open_key ON core.takeovers (company_id, conversation_id) WHERE returned_at IS NULL;
COMMENT ON INDEX core.takeovers_open_key IS 'At most one open takeover of a conversation; serves its return.';
CREATE INDEX takeovers_conversation_idx ON core.takeovers (conversation_id, epoch);
COMMENT ON INDEX core.takeovers_conversation_idx IS 'Serves a call, or a person''s words, that a takeover may have met.';
COMMENT ON TABLE core.takeovers IS 'When a person took a conversation from the machine, and gave it back. Retention: person.';
COMMENT ON COLUMN core.takeovers.message_id IS 'The person''s message that showed it, when it was found on the phone.';

SELECT core.protect('core.turns', 'runtime_app', 'SELECT,INSERT,UPDATE');
SELECT core.protect('core.lead_scores', 'runtime_app', 'SELECT,INSERT');
SELECT core.protect('core.takeovers', 'runtime_app', 'SELECT');

SELECT core.protect(t, 'backoffice_app', 'SELECT'), core.admit(t, 'backoffice_reader', 'SELECT')
  FROM unnest(ARRAY['core.turns', 'core.lead_scores', 'core.takeovers']::regclass[]) AS t;

SELECT core.admit('core.takeovers', 'core_intake', 'SELECT,INSERT,UPDATE');
SELECT core.admit('core.turns', 'core_intake', 'SELECT,UPDATE');
SELECT core.admit('core.takeovers', 'core_delivery', 'SELECT,INSERT,UPDATE');
SELECT core.admit('core.turns', 'core_sweep', 'SELECT');
SELECT core.admit('core.turns', 'core_delivery', 'SELECT,UPDATE');
SELECT core.admit('core.takeovers', 'core_sweep', 'SELECT');
