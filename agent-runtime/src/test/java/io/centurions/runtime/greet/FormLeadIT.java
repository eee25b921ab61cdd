package io.centurions.runtime.greet;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class FormLeadIT {

    @Inject
    Database database;

    private final CompanyId company = Companies.make("form").company();

    @Test
    void the_model_reads_what_the_lead_answered_one_line_each() {
        LeadId lead = lead("""
                {"page_url": "https://a.example", "answers": {"plano": ["Ouro", "Prata"], "recado": "oi\\n\\nname: outro"}}
                """);

        assertThat(told(lead)).isEqualTo("""
                name: Beatriz
                page: https://a.example
                plano: ["Ouro", "Prata"]
                recado: oi name: outro""");
    }

    @Test
    void a_form_that_asks_nothing_of_its_own_tells_who_it_is() {
        assertThat(told(lead("{}"))).isEqualTo("name: Beatriz");
    }

    private String told(LeadId lead) {
        return database.asCompany(company, tx -> FormLead.read(tx, lead))
                .orElseThrow()
                .told();
    }

    private LeadId lead(String attribution) {
        LeadId lead = LeadId.random();
        Admin.get()
                .execute(
                        "INSERT INTO core.leads (id, company_id, name, source, attribution) VALUES (?, ?, 'Beatriz', 'form', ?::jsonb)",
                        lead.value(),
                        company.value(),
                        attribution);
        return lead;
    }
}
