package io.centurions.backoffice.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BriefingTest {

    @Test
    void a_briefing_tells_the_score_and_each_answer() {
        var briefing = Briefing.write("Maria", "5511988887777", null, """
                {"orcamento": {"answer": "10 mil", "met": true}, "prazo": {"answer": null, "met": null}}
                """, 80);

        assertThat(briefing.getString("title")).isEqualTo("Maria");
        assertThat(briefing.getInteger("score")).isEqualTo(80);
        assertThat(briefing.getString("summary"))
                .contains("80 de 100")
                .contains("orcamento: 10 mil")
                .doesNotContain("prazo");
    }

    @Test
    void a_lead_without_a_name_is_called_by_what_is_known() {
        assertThat(Briefing.write(null, "5511988887777", null, null, 70).getString("title"))
                .isEqualTo("5511988887777");
        assertThat(Briefing.write(null, null, null, null, 70).getString("title"))
                .isEqualTo("Lead");
    }

    @Test
    void a_schema_name_of_another_form_never_gets_into_a_statement() {
        assertThat(new CompanySchema("empresa_alfa").in("SELECT 1 FROM {schema}.deals"))
                .isEqualTo("SELECT 1 FROM \"empresa_alfa\".deals");
        assertThatThrownBy(() -> new CompanySchema("empresa_a\".deals; --")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new CompanySchema("core")).isInstanceOf(IllegalStateException.class);
    }
}
