-- Two companies that try to read each other are marked, so that no list of the holding shows them; and a
-- company's own front gets its door for leads. A column with a constant default and a policy, each under a
-- short exclusive lock on core.companies; no rewrite.

ALTER TABLE core.companies ADD COLUMN canary boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN core.companies.canary IS 'Made by the isolation probe and nobody''s: in no list, limit or figure.';

-- Restrictive, so that it holds whatever a list asks. The people of the holding read through this role and no
-- other.
CREATE POLICY no_canaries ON core.companies AS RESTRICTIVE FOR SELECT TO backoffice_reader USING (NOT canary);

-- The front may hand a lead over as the back office does; what the deal tells core, the trigger tells.
INSERT INTO core.template_steps (version, name, sql) VALUES (3, 'hand-off door of the company''s own front', $step$
GRANT EXECUTE ON FUNCTION {{schema}}.fn_receive_lead(uuid, uuid, jsonb) TO crm_user;
$step$);

SELECT core.migrate_template_v1();
