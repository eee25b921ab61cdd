package io.centurions.backoffice.parked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parked events whose envelope is JSON, and no event's. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class MisshapenEventIT {

    @ParameterizedTest
    @ValueSource(strings = {"{'version':'two'}", "{'version':null}", "{'version':9999999999}", "{'subject':'x'}"})
    void an_event_whose_envelope_is_no_events_cannot_be_set_free(String wrong) {
        var company = Api.aCompany("torto");
        UUID id = Stuck.event("agent-runtime", company);
        Admin.get()
                .execute(
                        "UPDATE core.parked_events_runtime SET envelope = envelope || ?::jsonb WHERE id = ?",
                        wrong.replace('\'', '"'),
                        id);
        String path = "/v1/parked-events/agent-runtime/" + id;

        Api.owner()
                .post(path + "/reprocess")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:not-reprocessable"));

        Api.owner().get(path).then().body("state", equalTo("parked"));
        assertThat(Stuck.freed("agent-runtime", company)).isZero();
    }
}
