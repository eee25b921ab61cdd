package io.centurions.platform.consumercontract.isolation;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.testkit.isolation.InterleavingProof;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The whole service behind a pooler that gives its connections to somebody else after each transaction. */
public abstract class ServiceBehindPooler extends InterleavingProof {

    @Test
    public void it_becomes_ready() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    @Override
    protected final List<UUID> ask(UUID company, String sql) {
        return ThroughDatabase.ask(company, sql);
    }
}
