package io.centurions.backoffice.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormLeadTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Visitor VISITOR = new Visitor("203.0.113.9", "Browser", null);

    @Test
    void the_generic_form_is_read_whole() throws IOException {
        JsonNode posted = JSON.readTree(FormLeadTest.class.getResourceAsStream("/leads/generic-json.json"));

        JsonNode lead = FormLead.of(posted, Map.of(), "pt-BR", VISITOR, NOON);

        assertThat(lead.path("name").asText()).isEqualTo("Maria Teste");
        assertThat(lead.path("phone").asText()).isEqualTo("+5511988887777");
        assertThat(lead.path("email").asText()).isEqualTo("maria.teste@cliente.example");
        assertThat(lead.path("consent").asBoolean()).isTrue();
        var attribution = lead.path("attribution");
        assertThat(attribution.path("fbc").asText()).isEqualTo("fb.1.1795162300000.IwAR0demo");
        assertThat(attribution.path("fbp").asText()).isEqualTo("fb.1.1795000000000.123456789");
        assertThat(attribution.path("client_ip").asText()).isEqualTo("192.0.2.10");
        assertThat(attribution.path("event_id").asText()).isEqualTo("form-0001");
        assertThat(attribution.path("utm").path("campaign").asText()).isEqualTo("demo");
        assertThat(attribution.path("utm").has("term")).isFalse();
    }

    @Test
    void what_the_form_does_not_send_comes_from_the_address_of_its_page() {
        var lead = read("""
                {"phone": "11 98888-7777",
                 "page_url": "https://loja.example/?utm_source=ig&utm_source=fb&fbclid=IwAR0AbC&x=%zz"}""");

        var attribution = lead.path("attribution");
        assertThat(attribution.path("utm").path("source").asText()).isEqualTo("ig");
        assertThat(attribution.path("fbclid").asText()).isEqualTo("IwAR0AbC");
        assertThat(attribution.path("fbc").asText()).isEqualTo("fb.1." + NOON.toEpochMilli() + ".IwAR0AbC");
        assertThat(attribution.path("client_ip").asText()).isEqualTo("203.0.113.9");
        assertThat(attribution.path("user_agent").asText()).isEqualTo("Browser");
    }

    @Test
    void a_form_may_name_its_fields_as_it_likes() throws IOException {
        var posted = JSON.readTree("{\"Seu nome\": \"Ana\", \"telefone\": [\"(11) 98888-7777\"]}");

        var lead = FormLead.of(posted, Map.of("name", "Seu nome", "phone", "telefone"), "pt-BR", VISITOR, NOON);

        assertThat(lead.path("name").asText()).isEqualTo("Ana");
        assertThat(lead.path("phone").asText()).isEqualTo("+5511988887777");
    }

    @Test
    void without_a_phone_and_an_email_there_is_nobody_to_write_to() {
        assertThatThrownBy(() -> read("{\"name\": \"Ana\"}")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> read("{\"phone\": \"abc\"}")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> read("{\"email\": \"ana\"}")).isInstanceOf(Problem.class);
    }

    @Test
    void what_no_database_keeps_is_taken_out() {
        assertThat(read("{\"name\": \"A\\u0000na\\ud800\", \"email\": \"ana@x.example\"}")
                        .path("name")
                        .asText())
                .isEqualTo("A na");
    }

    private static JsonNode read(String json) {
        try {
            return FormLead.of(JSON.readTree(json), Map.of(), "pt-BR", VISITOR, NOON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
