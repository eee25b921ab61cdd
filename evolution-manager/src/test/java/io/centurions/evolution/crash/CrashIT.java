package io.centurions.evolution.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.evolution.OwnAddress;
import io.centurions.evolution.TestInstance;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.cut.EveryStep;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From the webhook to the last bubble on WhatsApp, the connection is cut before and after each statement, command and call. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@QuarkusTestResource(OwnAddress.class)
class CrashIT {

    @Test
    void a_message_and_its_reply_survive_a_cut_at_each_step() {
        TestInstance instance = TestInstance.connected("crash");
        List<MessageAndReply> scenes = new ArrayList<>();

        Set<String> cut = EveryStep.cut(() -> next(scenes, instance), "database", "redis", "providers");

        for (String step : new String[] {
            "receive_messages_v1", // intake
            "lease_outbox_evolution_v1",
            "XADD",
            "mark_outbox_evolution_v1", // relay
            "claim_deliveries_v1",
            "claim_bubble_v",
            "sendText",
            "settle_bubble_v" // delivery
        }) {
            assertThat(cut).as("a cut at %s", step).anyMatch(each -> each.contains(step));
        }
        // The call that is cut before the server sees it: nobody can tell it from one whose answer was lost. Where the
        // server has the message, its store tells; where a claim or a settle was cut, the sender lives and knows.
        assertThat(scenes.stream().flatMap(scene -> scene.unknownBubbles().stream()))
                .as("only a send that was cut off itself may be unknown")
                .hasSizeLessThanOrEqualTo(1);
    }

    private static MessageAndReply next(List<MessageAndReply> scenes, TestInstance instance) {
        scenes.add(MessageAndReply.sent(instance));
        return scenes.getLast();
    }
}
