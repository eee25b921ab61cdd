package io.centurions.runtime.greet;

import io.centurions.contracts.id.LeadId;
import io.centurions.platform.tenancy.Tx;
import java.util.Optional;

/**
 * What a web form told about a lead, for the model to read.
 *
 * @param told one field a line
 */
record FormLead(String told) {

    static Optional<FormLead> read(Tx tx, LeadId lead) {
        return tx.first("""
                        SELECT concat_ws(E'\\n', 'name: ' || name, 'e-mail: ' || email,
                                         'page: ' || (attribution ->> 'page_url'),
                                         'campaign: ' || (attribution -> 'utm' ->> 'campaign'),
                                         (SELECT string_agg(a.key || ': ' || regexp_replace(a.value, '\\s+', ' ', 'g'), E'\\n' ORDER BY a.key)
                                            FROM jsonb_each_text(attribution -> 'answers') AS a)) AS told
                          FROM core.leads
                         WHERE company_id = $1 AND id = $2
                        """, tx.company().value(), lead.value()).map(row -> new FormLead(row.getString("told")));
    }
}
