package io.centurions.story.tell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void what_comes_in_time_is_given() {
        var patience = new Patience(Duration.ofSeconds(5));

        assertThat(patience.<Integer>until(
                        "third look", () -> Optional.of(looks.incrementAndGet()).filter(look -> look == 3)))
                .isEqualTo(3);
    }

    @Test
    void what_never_comes_breaks_the_story_by_its_name() {
        assertThatThrownBy(() -> new Patience(Duration.ofMillis(200)).until("spring", Optional::empty))
                .isInstanceOf(Broken.class)
                .hasMessageContaining("there was no spring");
    }

    @Test
    void a_promise_that_breaks_while_it_is_watched_is_seen() {
        assertThatThrownBy(
                        () -> Patience.holds("nothing moves", Duration.ofSeconds(5), () -> looks.incrementAndGet() < 2))
                .isInstanceOf(Broken.class);
        assertThatCode(() -> Patience.holds("all is well", Duration.ofMillis(200), () -> true))
                .doesNotThrowAnyException();
    }
}
