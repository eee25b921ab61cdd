package io.centurions.sandbox.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StallsTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_thread_that_is_kept_is_noted_for_as_long_as_it_was() throws Exception {
        Router router = Router.router(vertx);
        var server = vertx.createHttpServer().requestHandler(router);
        CountDownLatch kept = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        router.get("/keep").handler(ctx -> {
            kept.countDown();
            await(released);
            ctx.response().end();
        });
        var context = vertx.getOrCreateContext();
        CountDownLatch listens = new CountDownLatch(1);
        context.runOnContext(go -> {
            new Stalls().mount(router, vertx);
            server.listen(0).onComplete(ready -> listens.countDown());
        });
        await(listens);
        HttpClient client = vertx.createHttpClient();
        var answer = client.request(HttpMethod.GET, server.actualPort(), "localhost", "/keep")
                .compose(request -> request.send());
        await(kept);
        Instant began = Instant.now();
        Instant until = began.plusMillis(400);
        while (Instant.now().isBefore(until)) {
            Thread.onSpinWait();
        }
        Instant ended = Instant.now();
        released.countDown();
        answer.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);

        JsonArray stalls = stalls(client, server.actualPort());

        assertThat(stalls).anySatisfy(any -> {
            JsonObject stall = (JsonObject) any;
            assertThat(Instant.parse(stall.getString("from"))).isBefore(began.plusMillis(60));
            assertThat(Instant.parse(stall.getString("until"))).isAfterOrEqualTo(ended);
        });
        assertThat(stalls)
                .allSatisfy(any -> assertThat(length((JsonObject) any)).isGreaterThanOrEqualTo(Duration.ofMillis(100)));
    }

    private static Duration length(JsonObject stall) {
        return Duration.between(Instant.parse(stall.getString("from")), Instant.parse(stall.getString("until")));
    }

    private static JsonArray stalls(HttpClient client, int port) throws Exception {
        return client.request(HttpMethod.GET, port, "localhost", "/stalls")
                .compose(request -> request.send())
                .compose(response -> response.body())
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .toJsonArray();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
