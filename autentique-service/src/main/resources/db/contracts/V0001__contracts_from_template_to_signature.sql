-- Contracts are made from a text template, sent to be signed, and follow what the signature provider confirms.
-- Makes new tables and functions only; locks nothing that is in use.

SELECT core.make_service_tables('autentique', 'autentique_app');

CREATE TABLE core.contract_templates (
    company_id uuid        NOT NULL REFERENCES core.companies (id),
    id         uuid        NOT NULL DEFAULT core.uuid7(),
    name       text        NOT NULL CHECK (length(name) BETWEEN 3 AND 120),
    version    int         NOT NULL CHECK (version > 0),
    body       text        NOT NULL CHECK (length(body) BETWEEN 1 AND 200000),
    fields     jsonb       NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(fields) = 'array'),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (company_id, id),
    UNIQUE (company_id, name, version)
);
COMMENT ON TABLE core.contract_templates IS 'A version of the text of a contract; never changed once written. Retention: business record, as long as a contract refers to it.';
COMMENT ON COLUMN core.contract_templates.body IS 'Plain text with {{fields}}.';
COMMENT ON COLUMN core.contract_templates.fields IS 'Names of the fields in the order of their first use.';
SELECT core.protect('core.contract_templates', 'autentique_app', 'SELECT,INSERT');
SELECT core.protect('core.contract_templates', 'backoffice_app', 'SELECT');

CREATE TABLE core.contracts (
    company_id          uuid        NOT NULL REFERENCES core.companies (id),
    id                  uuid        NOT NULL DEFAULT core.uuid7(),
    deal_id             uuid        NOT NULL,
    lead_id             uuid        NOT NULL,
    template_id         uuid        NOT NULL,
    name                text        NOT NULL CHECK (length(name) BETWEEN 3 AND 120),
    fields              jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(fields) = 'object'),
    value_cents         bigint      CHECK (value_cents >= 0),
    currency            text        CHECK (currency ~ '^[A-Z]{3}$'),
    deadline_at         timestamptz,
    status              text        NOT NULL DEFAULT 'draft'
                                    CHECK (status IN ('draft', 'sending', 'sent', 'signed', 'rejected', 'expired', 'canceled', 'failed')),
    status_reason       text,
    status_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    version             bigint      NOT NULL DEFAULT 1,
    autentique_id       text,
    idempotency_key     text        NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 200),
    request_hash        bytea       NOT NULL,
    cancel_requested_at timestamptz,
    sent_at             timestamptz,
    notices             bigint      NOT NULL DEFAULT 0,
    attempts            int         NOT NULL DEFAULT 0,
    fence               bigint      NOT NULL DEFAULT 0,
    due_at              timestamptz,
    lease_until         timestamptz,
    correlation_id      uuid        NOT NULL DEFAULT core.uuid7(),
    traceparent         text,
    created_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (company_id, id),
    UNIQUE (company_id, idempotency_key),
    UNIQUE (company_id, autentique_id),
    FOREIGN KEY (company_id, template_id) REFERENCES core.contract_templates (company_id, id),
    CHECK ((value_cents IS NULL) = (currency IS NULL)),
    CHECK (autentique_id IS NOT NULL OR status IN ('draft', 'sending', 'canceled', 'failed'))
);
COMMENT ON TABLE core.contracts IS 'A contract on its way from a template to its signature. Retention: business record.';
COMMENT ON COLUMN core.contracts.fields IS 'What was filled into the template; personal data, erased with the person.';
COMMENT ON COLUMN core.contracts.status_reason IS 'A code that says why the contract failed or what its last attempt met; never what a person wrote.';
COMMENT ON COLUMN core.contracts.status_at IS 'When the status became true, by the clock of whoever made it true.';
COMMENT ON COLUMN core.contracts.version IS 'Grows with each status; the seq of the contract''s events.';
COMMENT ON COLUMN core.contracts.autentique_id IS 'The document at the provider; NULL until the provider has confirmed it.';
COMMENT ON COLUMN core.contracts.notices IS 'How many notices came; a check that saw fewer than there are leaves the contract due.';
COMMENT ON COLUMN core.contracts.attempts IS 'Calls since the last step that succeeded. Above one: look for the document before making it.';
COMMENT ON COLUMN core.contracts.fence IS 'Grows with each claim; whoever holds an older number may not write.';
COMMENT ON COLUMN core.contracts.traceparent IS 'Of the request that opened it, as correlation_id: the loop goes on under them.';
COMMENT ON COLUMN core.contracts.due_at IS 'When somebody must look at the contract again; NULL when nothing is to be done.';
CREATE INDEX contracts_due_idx ON core.contracts (due_at) WHERE due_at IS NOT NULL;
COMMENT ON INDEX core.contracts_due_idx IS 'Serves claim_due_contracts_v2.';
CREATE INDEX contracts_document_idx ON core.contracts (autentique_id) WHERE autentique_id IS NOT NULL;
COMMENT ON INDEX core.contracts_document_idx IS 'Serves contract_of_notice.';
CREATE INDEX contracts_reference_idx ON core.contracts (id);
COMMENT ON INDEX core.contracts_reference_idx IS 'Serves contract_of_notice.';
CREATE INDEX contracts_deal_idx ON core.contracts (company_id, deal_id);
CREATE INDEX contracts_signed_idx ON core.contracts (updated_at) WHERE status = 'signed';
COMMENT ON INDEX core.contracts_signed_idx IS 'Serves signatures_without_win_v1, untold_signatures_v1 and facts_without_conversion_v1: contracts signed of late.';
SELECT core.protect('core.contracts', 'autentique_app', 'SELECT,INSERT,UPDATE');
SELECT core.protect('core.contracts', 'backoffice_app', 'SELECT');
SELECT core.admit('core.contracts', 'core_delivery', 'SELECT,UPDATE');
SELECT core.admit('core.contracts', 'core_lookup', 'SELECT,UPDATE');
SELECT core.admit('core.contracts', 'core_sweep', 'SELECT');
SELECT core.admit('core.contracts', 'core_rebuild', 'SELECT');

CREATE TABLE core.contract_signers (
    company_id     uuid NOT NULL REFERENCES core.companies (id),
    id             uuid NOT NULL DEFAULT core.uuid7(),
    contract_id    uuid NOT NULL,
    position       int  NOT NULL CHECK (position > 0),
    name           text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    email          text,
    phone          text,
    delivery       text NOT NULL CHECK (delivery IN ('email', 'whatsapp', 'sms', 'link')),
    signature_id   text,
    link           text,
    viewed_at      timestamptz,
    signed_at      timestamptz,
    rejected_at    timestamptz,
    refusal_reason text,
    PRIMARY KEY (company_id, id),
    UNIQUE (company_id, contract_id, position),
    FOREIGN KEY (company_id, contract_id) REFERENCES core.contracts (company_id, id)
);
COMMENT ON TABLE core.contract_signers IS 'Who signs a contract, how each is reached and how far each is. Retention: business record.';
COMMENT ON COLUMN core.contract_signers.signature_id IS 'The signature at the provider; NULL until a check has matched it.';
COMMENT ON COLUMN core.contract_signers.refusal_reason IS 'As typed by the signer; personal data, erased with the person.';
SELECT core.protect('core.contract_signers', 'autentique_app', 'SELECT,INSERT,UPDATE');

CREATE TABLE core.contract_events (
    company_id        uuid        NOT NULL REFERENCES core.companies (id),
    id                uuid        NOT NULL DEFAULT core.uuid7(),
    contract_id       uuid        NOT NULL,
    provider_event_id text        NOT NULL CHECK (length(provider_event_id) BETWEEN 1 AND 200),
    type              text        NOT NULL,
    payload           jsonb       NOT NULL,
    occurred_at       timestamptz,
    received_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (company_id, id),
    UNIQUE (company_id, provider_event_id),
    FOREIGN KEY (company_id, contract_id) REFERENCES core.contracts (company_id, id)
);
COMMENT ON TABLE core.contract_events IS 'Notices of the provider about a contract, each once. Retention: operations.';
COMMENT ON COLUMN core.contract_events.payload IS 'Only listed fields: ids, times, counts. No tax number, birth date, address or position of a person.';
COMMENT ON COLUMN core.contract_events.occurred_at IS 'The provider''s clock; NULL when it could not be read.';
CREATE INDEX contract_events_contract_idx ON core.contract_events (company_id, contract_id, received_at);
CREATE INDEX contract_events_age_idx ON core.contract_events (received_at);
COMMENT ON INDEX core.contract_events_age_idx IS 'Serves forget_contract_events_v1.';
SELECT core.protect('core.contract_events', 'autentique_app', 'SELECT,INSERT');
SELECT core.admit('core.contract_events', 'core_lookup', 'SELECT,INSERT');
SELECT core.admit('core.contract_events', 'core_sweep', 'SELECT,DELETE');
SELECT core.admit('core.contract_events', 'core_rebuild', 'SELECT,INSERT');

CREATE TABLE core.delivery_attempts_autentique (
    company_id  uuid        NOT NULL REFERENCES core.companies (id),
    id          uuid        NOT NULL DEFAULT core.uuid7(),
    contract_id uuid        NOT NULL,
    step        text        NOT NULL CHECK (step IN ('create', 'find', 'look', 'block', 'delete')),
    outcome     text        NOT NULL CHECK (outcome IN ('accepted', 'try_later', 'refused')),
    reason      text,
    took_ms     bigint      NOT NULL CHECK (took_ms >= 0),
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, contract_id) REFERENCES core.contracts (company_id, id)
);
COMMENT ON TABLE core.delivery_attempts_autentique IS 'Each call to the signature provider and how it ended. Retention: operations.';
COMMENT ON COLUMN core.delivery_attempts_autentique.reason IS 'A code; the provider''s own text is not kept.';
CREATE INDEX delivery_attempts_autentique_contract_idx ON core.delivery_attempts_autentique (company_id, contract_id, at);
CREATE INDEX delivery_attempts_autentique_age_idx ON core.delivery_attempts_autentique (at);
COMMENT ON INDEX core.delivery_attempts_autentique_age_idx IS 'Serves forget_contract_attempts_v1.';
SELECT core.protect('core.delivery_attempts_autentique', 'autentique_app', 'SELECT,INSERT');
SELECT core.admit('core.delivery_attempts_autentique', 'core_sweep', 'SELECT,DELETE');

-- Before the company is known: ids only, content is then read as that company.

-- What a caller has in hand is its own knowledge: leases would count those of a replica that died, and keep its companies waiting.
CREATE FUNCTION core.claim_due_contracts_v2(p_limit int, p_of_company int, p_companies uuid[], p_held int[], p_lease interval,
                                            p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, contract_id uuid, fence bigint)
    LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
    WITH ranked AS (
        SELECT c.company_id, c.id,
               coalesce(h.held, 0) + row_number() OVER (PARTITION BY c.company_id ORDER BY c.due_at) AS place
          FROM core.contracts c
          LEFT JOIN unnest(p_companies, p_held) AS h (company_id, held) ON h.company_id = c.company_id
         WHERE c.due_at <= p_now AND (c.lease_until IS NULL OR c.lease_until <= p_now)),
    picked AS (
        SELECT c.company_id, c.id
          FROM ranked r
          JOIN core.contracts c ON c.company_id = r.company_id AND c.id = r.id
         WHERE r.place <= p_of_company
           -- Asked again after the lock: another replica may have been here between the look and the lock.
           AND c.due_at <= p_now AND (c.lease_until IS NULL OR c.lease_until <= p_now)
         ORDER BY r.place, c.due_at
         LIMIT p_limit
           FOR UPDATE OF c SKIP LOCKED)
    UPDATE core.contracts c
       SET fence = c.fence + 1, attempts = c.attempts + 1, lease_until = p_now + p_lease
      FROM picked
     WHERE c.company_id = picked.company_id AND c.id = picked.id
    RETURNING c.company_id, c.id, c.fence
$$;
COMMENT ON FUNCTION core.claim_due_contracts_v2(int, int, uuid[], int[], interval, timestamptz) IS 'Holds the contracts that somebody must look at, so many of each company at most, together with those that the caller says it has of it; who has fewer comes first. Served by contracts_due_idx.';

ALTER FUNCTION core.claim_due_contracts_v2(int, int, uuid[], int[], interval, timestamptz) OWNER TO core_delivery;
REVOKE ALL ON FUNCTION core.claim_due_contracts_v2(int, int, uuid[], int[], interval, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.claim_due_contracts_v2(int, int, uuid[], int[], interval, timestamptz) TO autentique_app;
