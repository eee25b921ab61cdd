-- What Meta is to be told of a lead, one row per fact and dataset, and what happened at each try. The row is what is dispatched: events only make rows.
-- Only creates, no locks.
SELECT core.make_service_tables('capi', 'capi_app');

CREATE TABLE core.marketing_events (
    id              uuid        PRIMARY KEY DEFAULT core.uuid7(),
    company_id      uuid        NOT NULL REFERENCES core.companies (id),
    milestone       text        NOT NULL CHECK (milestone IN ('lead', 'qualified', 'purchase')),
    lead_id         uuid        NOT NULL,
    deal_id         uuid,
    event_name      text        NOT NULL,
    dataset_id      text        NOT NULL,
    event_id        uuid        NOT NULL,
    action_source   text        NOT NULL CHECK (action_source IN ('business_messaging', 'website', 'system_generated')),
    route_reason    text,
    fact_at         timestamptz NOT NULL,
    value_cents     bigint      CHECK (value_cents >= 0),
    currency        text        CHECK (currency ~ '^[A-Z]{3}$'),
    status          text        NOT NULL CHECK (status IN ('pending', 'sent', 'expired', 'refused', 'parked', 'skipped')),
    reason          text,
    attempts        int         NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    leased_by       text,
    leased_until    timestamptz,
    calling_since   timestamptz,
    unknown_since   timestamptz,
    sent_at         timestamptz,
    fbtrace_id      text,
    correlation_id  uuid        NOT NULL,
    causation_id    uuid,
    traceparent     text,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((milestone = 'purchase') = (deal_id IS NOT NULL)),
    CHECK (milestone <> 'purchase' OR (value_cents IS NOT NULL AND currency IS NOT NULL)),
    UNIQUE (company_id, id),
    UNIQUE (company_id, dataset_id, event_name, event_id),
    -- The name follows the lead's source, which may be completed between two repeats of an event; the fact stays one.
    UNIQUE NULLS NOT DISTINCT (company_id, dataset_id, milestone, lead_id, deal_id)
);
COMMENT ON TABLE core.marketing_events IS 'Facts that Meta is told of, and what became of each. No personal data: it is read and hashed when a row is sent. Retention: marketing, 13 months.';
COMMENT ON COLUMN core.marketing_events.event_id IS 'uuid5 of company, deal or lead, and name: Meta drops a repeat of it within 48 hours.';
COMMENT ON COLUMN core.marketing_events.dataset_id IS 'Meta''s dataset (pixel); none when the company had none, then the row is skipped.';
COMMENT ON COLUMN core.marketing_events.route_reason IS 'Why a lead of an ad or a form is reported as system_generated.';
COMMENT ON COLUMN core.marketing_events.fact_at IS 'When it happened. Meta takes it for 7 days.';
COMMENT ON COLUMN core.marketing_events.calling_since IS 'A call is on the wire, or its worker died.';
COMMENT ON COLUMN core.marketing_events.unknown_since IS 'The first call that ended without an answer; not repeated after 47 hours, because Meta forgets ids after 48.';
-- Serves claim_conversions_v2: the few rows that still have to go.
CREATE INDEX marketing_events_due_idx ON core.marketing_events (company_id, next_attempt_at) WHERE status = 'pending';
CREATE INDEX marketing_events_lead_idx ON core.marketing_events (company_id, lead_id);
CREATE INDEX marketing_events_age_idx ON core.marketing_events (created_at);
COMMENT ON INDEX core.marketing_events_age_idx IS 'Serves forget_conversions_v1.';
SELECT core.protect('core.marketing_events', 'capi_app', 'SELECT,INSERT,UPDATE');
SELECT core.protect('core.marketing_events', 'backoffice_app', 'SELECT');
SELECT core.admit('core.marketing_events', 'backoffice_reader', 'SELECT');
SELECT core.admit('core.marketing_events', 'core_delivery', 'SELECT,UPDATE');
SELECT core.admit('core.marketing_events', 'core_sweep', 'SELECT,DELETE');

CREATE TABLE core.dispatch_attempts (
    id            uuid        PRIMARY KEY DEFAULT core.uuid7(),
    company_id    uuid        NOT NULL REFERENCES core.companies (id),
    conversion_id uuid        NOT NULL,
    number        int         NOT NULL,
    batch_size    int         NOT NULL,
    started_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at      timestamptz,
    outcome       text        CHECK (outcome IN ('accepted', 'later', 'unknown', 'refused')),
    reason        text,
    fbtrace_id    text,
    UNIQUE (company_id, id),
    UNIQUE (company_id, conversion_id, number),
    FOREIGN KEY (company_id, conversion_id) REFERENCES core.marketing_events (company_id, id)
);
CREATE INDEX dispatch_attempts_age_idx ON core.dispatch_attempts (started_at);
COMMENT ON INDEX core.dispatch_attempts_age_idx IS 'Serves forget_dispatch_attempts_v1.';
COMMENT ON TABLE core.dispatch_attempts IS 'Each try to tell Meta of a conversion. Retention: operations, 90 days.';
COMMENT ON COLUMN core.dispatch_attempts.fbtrace_id IS 'What Meta''s support asks for.';
SELECT core.protect('core.dispatch_attempts', 'capi_app', 'SELECT,INSERT,UPDATE');
SELECT core.protect('core.dispatch_attempts', 'backoffice_app', 'SELECT');
SELECT core.admit('core.dispatch_attempts', 'backoffice_reader', 'SELECT');
SELECT core.admit('core.dispatch_attempts', 'core_sweep', 'SELECT,DELETE');

-- A worker serves several companies at a time and claims for others meanwhile: it says for how many, and whom it serves already.
-- Fair: the companies that have waited longest, and of these every company's oldest row before any company's second. A suspended
-- company's rows wait.
CREATE FUNCTION core.claim_conversions_v2(p_worker text, p_limit int, p_lease interval, p_companies int, p_except uuid[],
                                          p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, conversion_id uuid)
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
    WITH chosen AS (
        SELECT c.id
          FROM core.companies c
         CROSS JOIN LATERAL (
               SELECT m.next_attempt_at
                 FROM core.marketing_events m
                WHERE m.company_id = c.id AND m.status = 'pending' AND m.next_attempt_at <= p_now
                  AND (m.leased_until IS NULL OR m.leased_until < p_now)
                ORDER BY m.next_attempt_at
                LIMIT 1) oldest
         WHERE c.status = 'active' AND c.id <> ALL (p_except)
         ORDER BY oldest.next_attempt_at, c.id
         LIMIT p_companies),
    ranked AS (
        SELECT next.company_id, next.id, next.place
          FROM chosen
         CROSS JOIN LATERAL (
               SELECT m.company_id, m.id, row_number() OVER (ORDER BY m.next_attempt_at, m.id) AS place
                 FROM core.marketing_events m
                WHERE m.company_id = chosen.id AND m.status = 'pending' AND m.next_attempt_at <= p_now
                  AND (m.leased_until IS NULL OR m.leased_until < p_now)
                ORDER BY m.next_attempt_at, m.id
                LIMIT p_limit) next),
    due AS MATERIALIZED (
        SELECT m.company_id, m.id
          FROM ranked r
          JOIN core.marketing_events m ON m.company_id = r.company_id AND m.id = r.id
         -- Asked again under the lock: another worker may have been faster, and have put it off.
         WHERE m.status = 'pending' AND m.next_attempt_at <= p_now AND (m.leased_until IS NULL OR m.leased_until < p_now)
         ORDER BY r.place, m.company_id
         LIMIT p_limit
           FOR UPDATE OF m SKIP LOCKED)
    UPDATE core.marketing_events m SET leased_by = p_worker, leased_until = p_now + p_lease
      FROM due
     WHERE m.company_id = due.company_id AND m.id = due.id
    RETURNING m.company_id, m.id
$$;
ALTER FUNCTION core.claim_conversions_v2(text, int, interval, int, uuid[], timestamptz) OWNER TO core_delivery;
REVOKE ALL ON FUNCTION core.claim_conversions_v2(text, int, interval, int, uuid[], timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.claim_conversions_v2(text, int, interval, int, uuid[], timestamptz) TO capi_app;
COMMENT ON FUNCTION core.claim_conversions_v2(text, int, interval, int, uuid[], timestamptz) IS 'Leases due conversions of a few active companies to one worker, but of none that it serves already. Returns ids only; what they say is read as that company.';
