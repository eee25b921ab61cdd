package io.centurions.evolution.crash;

import io.centurions.evolution.OwnAddress;
import io.centurions.evolution.TestInstance;
import io.centurions.platform.testkit.KeptStreams;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.cut.EveryStep;
import io.centurions.platform.testkit.cut.Plan;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
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
        try (KeptStreams streams = KeptStreams.fromNowOn()) {
            EveryStep.cut(
                    () -> MessageAndReply.sent(instance, streams),
                    Plan.at("database", "redis", "providers")
                            // Intake, relay, delivery.
                            .eachTime("receive_messages_v1")
                            .once("lease_outbox_evolution_v1", "XADD", "mark_outbox_evolution_v1")
                            .eachTime("claim_deliveries_v1", "claim_bubble_v", "sendText", "settle_bubble_v"));
        }
    }
}
