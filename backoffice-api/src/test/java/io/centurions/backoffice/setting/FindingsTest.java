package io.centurions.backoffice.setting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.centurions.backoffice.knowledge.KnowledgeBase;
import io.centurions.backoffice.mcp.McpServer;
import io.centurions.backoffice.media.MediaSequence;
import io.centurions.backoffice.setting.WeeklyHours.Opening;
import io.centurions.backoffice.tool.Tool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsTest {

    private static final JsonNode ANY_OBJECT =
            JsonNodeFactory.instance.objectNode().put("type", "object");

    @Test
    void a_week_has_no_overlapping_hours_and_a_zone_that_exists() {
        var hours = new WeeklyHours(
                "America/Sao_Paulo",
                List.of(
                        new Opening("monday", "09:00", "12:00"),
                        new Opening("monday", "11:30", "18:00"),
                        new Opening("tuesday", "11:30", "18:00"),
                        new Opening("monday", "18:00", "24:00")));

        assertThat(hours.findings()).extracting(Finding::pointer).containsExactly("/openings/1");
        assertThat(new WeeklyHours("Mars/Olympus", null).findings())
                .extracting(Finding::pointer)
                .containsExactly("/timeZone");
    }

    @Test
    void each_step_of_a_sequence_has_what_its_kind_needs() {
        var sequence = new MediaSequence(
                new MediaSequence.Trigger("keyword", null, null),
                List.of(
                        new MediaSequence.Step("text", " ", null, null),
                        new MediaSequence.Step("audio", null, null, null),
                        new MediaSequence.Step("image", null, "https://a.example/i.png", null)));

        assertThat(sequence.findings())
                .extracting(Finding::pointer)
                .containsExactly("/trigger/values", "/steps/0/text", "/steps/1/url");
    }

    @Test
    void a_tool_names_its_credential_and_repeats_nothing_that_changes_something() {
        var tool = new Tool(
                "agenda",
                "Marca um horário.",
                "POST",
                "https://a.example/agenda",
                Map.of("Authorization", "Bearer x"),
                new Credential("bearer", null, null),
                JsonNodeFactory.instance.textNode("object"),
                null,
                null,
                null,
                2,
                null);

        assertThat(tool.effect()).isEqualTo("write");
        assertThat(tool.findings())
                .extracting(Finding::pointer)
                .containsExactly("/auth/secretName", "/input", "/retries", "/headers");
    }

    @Test
    void what_reads_may_be_repeated() {
        var tool = new Tool(
                "agenda",
                "Lê a agenda.",
                "GET",
                "https://a.example/agenda",
                null,
                new Credential("header", "agenda_key", "X-Agenda"),
                ANY_OBJECT,
                null,
                null,
                null,
                2,
                null);

        assertThat(tool.findings()).isEmpty();
        assertThat(tool.secretNames()).containsExactly("agenda_key");
    }

    @Test
    void who_calls_is_not_written_into_the_address() {
        assertThat(new McpServer("https://ana:senha@a.example/mcp", null, null, null, null).findings())
                .extracting(Finding::pointer)
                .containsExactly("/url");
        assertThat(Credential.inAddress("https://a.example/@ana/mcp?q=a@b.example"))
                .isEmpty();
        var tool = new Tool(
                "agenda",
                "Lê a agenda.",
                "GET",
                "https://token@a.example",
                null,
                null,
                ANY_OBJECT,
                null,
                null,
                null,
                null,
                null);
        assertThat(tool.findings()).extracting(Finding::pointer).containsExactly("/url");
    }

    @Test
    void a_server_allows_a_tool_once_and_pieces_do_not_share_all_their_text() {
        assertThat(new McpServer("https://a.example/mcp", null, null, List.of("a", "a"), null).findings())
                .extracting(Finding::pointer)
                .containsExactly("/allowedTools/1");
        assertThat(new KnowledgeBase("Tabela de preços.", null, null, null, 500, 500).findings())
                .extracting(Finding::pointer)
                .containsExactly("/overlapChars");
    }

    @Test
    void a_place_is_told_as_problems_name_fields() {
        assertThat(new Finding("/config/steps/0/text", "x").field()).isEqualTo("config.steps[0].text");
    }
}
