package io.centurions.backoffice.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class PixelIT {

    @Test
    void a_pixels_token_goes_in_and_never_comes_out() {
        var company = Api.aCompany("pixel");

        Api.owner()
                .body(Map.of("datasetId", "1234567890", "wabaId", "987654321", "accessToken", "planted-token"))
                .post(company.path() + "/pixels")
                .then()
                .statusCode(201)
                .body("hasAccessToken", equalTo(true))
                .body("enabled", equalTo(true))
                .body(not(containsString("planted-token")));

        Api.owner()
                .get(company.path() + "/pixels")
                .then()
                .statusCode(200)
                .body("items[0].datasetId", equalTo("1234567890"))
                .body(not(containsString("planted-token")));
        assertThat((String) Admin.get()
                        .queryOne(
                                "SELECT sealed_access_token FROM core.pixel_configs WHERE company_id = ?", company.id())
                        .get("sealed_access_token"))
                .isNotBlank()
                .doesNotContain("planted-token");
        assertThat(Api.events(company)).contains("settings.changed");
        Api.owner()
                .body(Map.of("datasetId", "1234567890"))
                .post(company.path() + "/pixels")
                .then()
                .statusCode(409);
    }

    @Test
    void conversions_are_read_from_what_the_marketing_slice_grants() {
        var company = Api.aCompany("conv");
        Admin.get().execute("""
                INSERT INTO core.marketing_events (company_id, milestone, lead_id, event_name, dataset_id, event_id,
                                                   action_source, fact_at, status, correlation_id)
                VALUES (?, 'lead', gen_random_uuid(), 'LeadSubmitted', '1', gen_random_uuid(), 'business_messaging',
                        now(), 'sent', gen_random_uuid())""", company.id());

        Api.owner()
                .get(company.path() + "/conversions")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("items[0].name", equalTo("LeadSubmitted"))
                .body("items[0].status", equalTo("sent"));
    }
}
