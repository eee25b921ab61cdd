package io.centurions.backoffice.deal;

import io.centurions.platform.tenancy.Tx;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The schema of the transaction's company. Its name goes into statements as text, so its form is checked and it is
 * quoted; and were it still another company's, row-level security there would show nothing.
 */
record CompanySchema(String name) {

    private static final Pattern FORM = Pattern.compile("empresa_[a-z][a-z0-9_]{1,39}");
    private static final String OF_COMPANY = "SELECT schema_name FROM core.company_crms WHERE company_id = $1";

    CompanySchema {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalStateException("core.company_crms holds a schema name of no allowed form");
        }
    }

    /** Empty while the company is not provisioned. */
    static Optional<CompanySchema> of(Tx tx) {
        return tx.first(OF_COMPANY, tx.company().value()).map(row -> new CompanySchema(row.getString("schema_name")));
    }

    /** A statement with its {@code {schema}} filled in. */
    String in(String sql) {
        return sql.replace("{schema}", '"' + name + '"');
    }
}
