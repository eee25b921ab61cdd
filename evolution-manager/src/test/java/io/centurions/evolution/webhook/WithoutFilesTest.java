package io.centurions.evolution.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WithoutFilesTest {

    private static final String SAID =
            "{'event':'messages.upsert','data':[{'message':{'base64':'%s','imageMessage':{'annotations':[],'a':{}}},'n':[1,2.50,null,'\u00e7 \\ud800']}]}"
                    .replace('\'', '"');

    /** As Evolution writes it. */
    private static final String LAST = "{\"message\":{\"imageMessage\":{},\"base64\":\"%s\"}}";

    @Test
    void a_small_webhook_stays_as_it_is() {
        byte[] small = bytes(SAID.formatted("AAAA"));

        assertThat(WithoutFiles.of(small)).isSameAs(small);
    }

    @Test
    void a_large_one_loses_its_files_and_not_a_byte_else() {
        String file = "A".repeat(WithoutFiles.LARGE / 2) + "\\/\\\"";
        String large = SAID.formatted(file) + "\n " + LAST.formatted(file);

        assertThat(new String(WithoutFiles.of(bytes(large)), StandardCharsets.UTF_8))
                .isEqualTo(large.replace('"' + file + '"', "null"));
    }

    @Test
    void a_large_one_without_a_file_stays_as_it_is() {
        byte[] large = bytes(SAID.formatted("A".repeat(WithoutFiles.LARGE)).replace("base64", "caption"));

        assertThat(WithoutFiles.of(large)).isSameAs(large);
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
