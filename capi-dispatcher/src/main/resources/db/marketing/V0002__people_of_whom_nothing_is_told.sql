-- An erasure may be heard before the facts of the person; what comes after it must know. Holds an id only, nothing of the person.
-- Only creates, no locks.

CREATE TABLE core.untold_leads (
    company_id uuid        NOT NULL REFERENCES core.companies (id),
    lead_id    uuid        NOT NULL,
    since      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (company_id, lead_id)
);
COMMENT ON TABLE core.untold_leads IS 'Erased people, of whom Meta is told nothing any more, whatever comes late. Retention: as long as the company.';
SELECT core.protect('core.untold_leads', 'capi_app', 'SELECT,INSERT');
