package io.centurions.runtime.closure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.contracts.id.MessageId;
import io.centurions.runtime.think.Line;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToLineTest {

    @ParameterizedTest
    @CsvSource({
        "text, Oi,, Oi",
        "text,,, [message deleted]",
        "audio,, quero dois, quero dois",
        "audio,,, [voice message that could not be heard]",
        "image, olha isso, um carro, [picture: um carro] olha isso",
        "image,,, [picture that could not be seen]",
        "video,,, [video]",
        "sticker,,, [sticker]",
    })
    void each_kind_reads_as_a_person_would_tell_it(String kind, String text, String transcript, String line) {
        assertThat(ToLine.of(heard(kind, text, transcript, "{}"))).isEqualTo(new Line(4, line));
    }

    @Test
    void a_document_a_place_and_a_card_say_what_they_are() {
        assertThat(ToLine.of(heard("document", null, null, "{\"file_name\":\"a.pdf\"}"))
                        .text())
                .isEqualTo("[document a.pdf]");
        assertThat(ToLine.of(heard("location", null, null, "{\"latitude\":1.5,\"longitude\":2}"))
                        .text())
                .isEqualTo("[location 1.5,2]");
        assertThat(ToLine.of(heard("contact", null, null, "{\"name\":\"Ana\",\"phone\":\"55\"}"))
                        .text())
                .isEqualTo("[contact Ana 55]");
    }

    private static Heard heard(String kind, String text, String transcript, String media) {
        return new Heard(
                MessageId.random(), 4, kind, text, transcript, json(media), false, Duration.ZERO, false, json("{}"));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
