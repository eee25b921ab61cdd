package io.centurions.sandbox.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CourierTest {

    private static final RetryRule NEVER_AGAIN = (attempts, status, retryAfter) -> OptionalLong.empty();
    private static final int HELD = 300;
    private static final int LONGEST_S = 20;

    private final Vertx vertx = Vertx.vertx();
    private final CountDownLatch held = new CountDownLatch(HELD);
    private HttpServer fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get(LONGEST_S, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(LONGEST_S, TimeUnit.SECONDS);
    }

    // A frozen replica holds the webhooks that it was given; as long as the answers are awaited the next ones still go
    // out.
    @Test
    void webhooks_that_nobody_answers_hold_back_no_other() throws Exception {
        Courier courier = new Courier(vertx, 1, new Mischief());

        for (int each = 0; each < HELD; each++) {
            courier.send(parcel("/held"), NEVER_AGAIN);
        }
        Delivery other = courier.send(parcel("/answered"), NEVER_AGAIN);

        other.end().toCompletionStage().toCompletableFuture().get(LONGEST_S, TimeUnit.SECONDS);
        assertThat(other.accepted()).isTrue();
        assertThat(held.await(LONGEST_S, TimeUnit.SECONDS)).isTrue();
    }

    private void answer(HttpServerRequest request) {
        if (request.path().equals("/held")) {
            held.countDown();
        } else {
            request.response().end();
        }
    }

    private Parcel parcel(String path) {
        return Parcel.json("http://localhost:" + fleet.actualPort() + path, Map.of(), new JsonObject());
    }
}
