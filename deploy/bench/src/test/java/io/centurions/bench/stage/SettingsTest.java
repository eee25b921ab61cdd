package io.centurions.bench.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void a_service_keeps_its_compiler_threads_so_that_what_they_took_can_be_told() {
        assertThat(new Settings("evolution-manager", 1, "512m", Map.of()).java())
                .contains("-Xmx512m", "-XX:-UseDynamicNumberOfCompilerThreads");
    }
}
