-- A slice for the tests of the foundation: one table of each kind that a service has.
-- Creates only.
SELECT core.make_service_tables('backoffice', 'backoffice_app');
CREATE TABLE core.notes (
    company_id uuid NOT NULL REFERENCES core.companies (id),
    id         uuid NOT NULL DEFAULT core.uuid7(),
    text       text,
    PRIMARY KEY (company_id, id)
);
COMMENT ON TABLE core.notes IS 'A test. Retention: none.';
SELECT core.protect('core.notes', 'backoffice_app');
SELECT core.admit('core.notes', 'backoffice_reader', 'SELECT');
