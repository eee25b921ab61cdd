package io.centurions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What the sandbox as a whole answers beside its providers. */
class SandboxServerTest extends Running {

    @Test
    void whoever_judges_by_the_sandbox_hears_when_it_was_late_itself() {
        Http.Answer answer = http.get("/stalls");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.list())
                .allSatisfy(
                        stall -> assertThat(((JsonObject) stall).fieldNames()).containsExactly("from", "until"));
    }
}
