package io.centurions.evolution.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WithoutFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SAID =
            "{'event':'messages.upsert','data':[{'message':{'base64':'%s','imageMessage':{'annotations':[],'a':{}}},'n':[1,2.50,null,'\u00e7 \\ud800']}]}"
                    .replace('\'', '"');

    @Test
    void a_small_webhook_stays_as_it_is() {
        byte[] small = bytes(SAID.formatted("AAAA"));

        assertThat(WithoutFiles.of(small)).isSameAs(small);
    }

    @Test
    void a_large_one_loses_its_file_and_nothing_else() throws IOException {
        byte[] large = bytes(SAID.formatted("A".repeat(WithoutFiles.LARGE)));

        assertThat(JSON.readTree(WithoutFiles.of(large)))
                .isEqualTo(JSON.readTree(SAID.replace("\"base64\":\"%s\",", "")));
    }

    @Test
    void a_large_one_that_is_no_json_stays_as_it_is() {
        byte[] page = bytes("<html>" + " ".repeat(WithoutFiles.LARGE));
        byte[] cutOff = bytes(SAID.replace("%s\"", "A".repeat(WithoutFiles.LARGE)));

        assertThat(WithoutFiles.of(page)).isSameAs(page);
        assertThat(WithoutFiles.of(cutOff)).isSameAs(cutOff);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
