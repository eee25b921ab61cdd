package io.centurions.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.cut.EveryStep;
import io.centurions.platform.testkit.cut.Moment;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From the webhook to the last bubble, the connection is cut before and after each statement, command and call. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class CrashIT {

    @TestHTTPResource
    URI self;

    @Inject
    Secrets secrets;

    @Test
    void a_conversation_survives_a_cut_at_each_step() {
        String runtime = self.toString().replaceAll("/$", "");

        List<TwoMessages> scenes = new ArrayList<>();

        Set<String> cut = EveryStep.cut(() -> next(scenes, runtime), "database", "redis", "providers");

        assertThat(scenes.stream().flatMap(scene -> scene.twice().stream()))
                .as("only the one send whose answer was lost may have arrived twice")
                .hasSizeLessThanOrEqualTo(1);
        // Nobody can tell a call that is cut before Telegram sees it from one whose answer was lost. Where a claim or a
        // settle was cut, the sender lives and knows.
        assertThat(scenes.stream().flatMap(scene -> scene.calledAgain().stream()))
                .as("only a send that was cut off itself may be called again")
                .hasSizeLessThanOrEqualTo(Moment.values().length);
        assertThat(scenes.stream().flatMap(scene -> scene.unknown().stream()))
                .as("a text is said once more before it is unknown")
                .isEmpty();
        for (String step : new String[] {
            "receive_messages_v1", // intake
            "lease_outbox_runtime_v1",
            "XADD",
            "mark_outbox_runtime_v1", // relay
            "claim_due_turns_v",
            "UPDATE core.conversations",
            "COMMIT", // turn
            "claim_deliveries_v1",
            "claim_bubble_v",
            "sendMessage",
            "settle_bubble_v" // delivery
        }) {
            assertThat(cut).as("a cut at %s", step).anyMatch(each -> each.contains(step));
        }
    }

    private TwoMessages next(List<TwoMessages> scenes, String runtime) {
        scenes.add(TwoMessages.sent(runtime, secrets));
        return scenes.getLast();
    }
}
