package io.centurions.runtime.deliver;

import static io.centurions.runtime.deliver.DeliveryStage.LOST;
import static io.centurions.runtime.deliver.DeliveryStage.TAKEN;
import static io.centurions.runtime.deliver.DeliveryStage.resolve;
import static io.centurions.runtime.deliver.DeliveryStage.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What delivery tells of a channel on which nothing leaves, and of one on which something leaves again. */
class ChannelReportsTest {

    private static final SendResult TOKEN = new SendResult.TryLater(Duration.ZERO, "token", true);

    private final DeliveryStage stage = new DeliveryStage();

    @Test
    void a_token_that_is_refused_is_reported_and_the_bubble_tried_later() {
        stage.given(send(1), TOKEN);

        assertThat(stage.deliver()).containsExactly("call", "later token", "broken", "release");
    }

    @Test
    void a_bubble_that_leaves_where_nothing_did_is_reported() {
        stage.standsBroken = true;
        stage.given(send(1), TAKEN);

        assertThat(stage.deliver()).containsExactly("call", "accepted 7:1", "works");
    }

    @Test
    void a_dead_workers_bubble_that_leaves_where_nothing_did_is_reported() {
        stage.standsBroken = true;
        stage.given(resolve(2), TAKEN);

        assertThat(stage.deliver()).containsExactly("call", "accepted 7:1", "works");
    }

    @Test
    void what_does_not_leave_where_nothing_does_is_not_reported_as_working() {
        stage.standsBroken = true;
        stage.given(resolve(2), LOST);

        assertThat(stage.deliver()).containsExactly("call", "unknown no_answer");
    }
}
