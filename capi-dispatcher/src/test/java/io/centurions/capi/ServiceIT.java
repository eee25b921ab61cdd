package io.centurions.capi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.centurions.contracts.EventTypes;
import io.centurions.contracts.Groups;
import io.centurions.platform.streams.WorkConsumer;
import io.centurions.platform.testkit.Operators;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an operator sees of the service. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class ServiceIT {

    @Inject
    @All
    List<WorkConsumer<?>> consumers;

    @Test
    void it_works_on_what_the_catalogue_says() {
        assertThat(consumers.stream()
                        .map(consumer -> EventTypes.typeOf(consumer.event()))
                        .collect(Collectors.toSet()))
                .isEqualTo(Groups.workOf(Groups.CAPI_DISPATCHER));
    }

    @Test
    void it_is_ready_when_its_tables_and_those_it_reads_are_there() {
        World.patiently()
                .untilAsserted(
                        () -> Operators.readiness().then().statusCode(200).body("status", equalTo("UP")));
    }

    @Test
    void it_is_alive_and_shows_its_metrics_and_its_api() {
        Operators.liveness().then().statusCode(200);
        assertThat(Operators.metrics()).contains("jvm_memory");
        given().get("/q/openapi").then().statusCode(200).body(containsString("capi-dispatcher"));
    }
}
