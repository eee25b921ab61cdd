package io.centurions.runtime.crash;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.KeptStreams;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.cut.EveryStep;
import io.centurions.platform.testkit.cut.Plan;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the webhook to the last bubble, the connection is cut before and after each statement, command and call. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class CrashIT {

    private static final String[] DELIVERY = {"claim_deliveries_v1", "claim_bubble_v", "settle_bubble_v"};

    @TestHTTPResource
    URI self;

    /** A turn that gets no answer from the model just then is put back for later; whether one is, is chance. */
    private static final String POSTPONED = "throttled_until = coalesce(";

    @Inject
    Secrets secrets;

    private KeptStreams streams;

    @BeforeEach
    void keep() {
        streams = KeptStreams.fromNowOn();
    }

    @AfterEach
    void close() {
        streams.close();
    }

    @Test
    void a_conversation_survives_a_cut_at_each_step() {
        EveryStep.cut(
                () -> OnTelegram.sent(runtime(), secrets, streams),
                Plan.at("database", "redis", "providers")
                        // Intake, relay, turn (whose first statement closes the burst and whose last one counts the
                        // model's call, so its COMMIT bears that name), delivery.
                        .eachTime("receive_messages_v1")
                        .once("lease_outbox_runtime_v1", "XADD", "mark_outbox_runtime_v1")
                        .eachTime("claim_due_turns_v", "WITH closed AS", "COMMIT of SELECT core.count_model_call_v")
                        .eachTime(DELIVERY)
                        .eachTime("sendMessage")
                        .nowAndThen(POSTPONED));
    }

    @Test
    void a_delivery_on_instagram_survives_a_cut_at_each_step() {
        EveryStep.cut(
                () -> OnInstagram.sent(runtime(), secrets, streams),
                Plan.at("database", "providers")
                        .eachTime(DELIVERY)
                        .eachTime("/me/messages")
                        .nowAndThen(POSTPONED));
    }

    private String runtime() {
        return self.toString().replaceAll("/$", "");
    }
}
