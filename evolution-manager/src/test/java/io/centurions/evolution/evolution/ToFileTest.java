package io.centurions.evolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.evolution.evolution.EvolutionMessageClient.Fetched;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToFileTest {

    private static final byte[] PICTURE = random(1000);

    @Test
    void a_file_comes_with_what_is_said_of_it() {
        Fetched fetched = answer("""
                {"mediaType":"imageMessage","fileName":"foto.png","size":{"fileLength":"1000"},"mimetype":"image/png",
                 "base64":"%s","buffer":null}""".formatted(Base64.getEncoder().encodeToString(PICTURE)));

        assertThat(fetched).isInstanceOfSatisfying(Fetched.Got.class, got -> {
            assertThat(got.file().content().getBytes()).isEqualTo(PICTURE);
            assertThat(got.file().mime()).isEqualTo("image/png");
            assertThat(got.file().fileName()).isEqualTo("foto.png");
        });
    }

    @Test
    void a_file_is_larger_than_the_longest_text_that_is_read() {
        byte[] video = random(16 * 1024 * 1024);

        Fetched fetched = answer("{\"base64\":\"" + Base64.getEncoder().encodeToString(video) + "\"}");

        assertThat(fetched)
                .isInstanceOfSatisfying(
                        Fetched.Got.class,
                        got -> assertThat(got.file().content().getBytes()).isEqualTo(video));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\r\\n", "\\n", "\n", " "})
    void base64_comes_in_lines(String end) {
        byte[] newline = {'\n'};
        String lines = new String(Base64.getMimeEncoder(76, newline).encode(PICTURE), StandardCharsets.US_ASCII)
                .replace("\n", end);

        assertThat(answer("{\"base64\":\"" + lines + end + "\"}"))
                .isInstanceOfSatisfying(
                        Fetched.Got.class,
                        got -> assertThat(got.file().content().getBytes()).isEqualTo(PICTURE));
    }

    @Test
    void base64_comes_with_its_slashes_escaped_and_without_padding() {
        byte[] slashes = new byte[] {-1, -1, -1, -1};

        assertThat(answer("{\"base64\":\"\\/\\/\\/\\/\\/w\"}"))
                .isInstanceOfSatisfying(
                        Fetched.Got.class,
                        got -> assertThat(got.file().content().getBytes()).isEqualTo(slashes));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no_file    | {"mediaType":"imageMessage"}
            no_file    | {"mediaType":"imageMessage","base64":null}
            no_file    | {"mediaType":"imageMessage","base64":{"type":"Buffer"}}
            no_file    | {"base64":"","mediaType":"imageMessage"}
            no_file    | {"base64":" ","mediaType":"imageMessage"}
            not_base64 | {"mediaType":"imageMessage","base64":"<what is this?>"}
            """)
    void a_servers_answer_without_a_file_says_that_it_is_gone(String reason, String body) {
        assertThat(answer(body)).isEqualTo(new Fetched.Gone(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"ok\"",
                "{}",
                "{\"base64\":\"\"}",
                "<html>sign in</html>",
                "{\"mediaType\":\"imageMessage\"",
                "{\"mediaType\":\"imageMessage\",\"base64\":\"AAAABBBB",
                "{\"mediaType\":\"imageMessage\",\"base64\":\"AAAABBBBA"
            })
    void what_is_no_whole_answer_of_the_server_says_nothing_of_a_file(String body) {
        assertThat(answer(body)).isEqualTo(new Fetched.TryLater("unreadable_answer"));
    }

    private static Fetched answer(String body) {
        return ToFile.of(body.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
