package io.centurions.story.chapter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;

class ScriptTest {

    @RepeatedTest(20)
    void everybody_in_a_run_is_somebody_else() {
        Script script = Script.draw(false);

        assertThat(script.numbers().values()).doesNotHaveDuplicates();
        assertThat(script.number("ad")).startsWith("551199999").hasSize(13);
        assertThat(script.slug()).matches("[a-z][a-z0-9_]{1,39}");
    }
}
