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

    @Test
    void a_pixel_is_changed_by_who_knows_its_version_and_keeps_its_token() {
        var company = Api.aCompany("muda");
        String one = company.path() + "/pixels/" + aPixel(company);
        Api.owner().body(Map.of("enabled", false)).put(one).then().statusCode(428);

        Api.owner()
                .header("If-Match", "\"1\"")
                .body(Map.of("pageId", "300000000000001", "enabled", false))
                .put(one)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("enabled", equalTo(false))
                .body("hasAccessToken", equalTo(true))
                .body("pageId", equalTo("300000000000001"));

        Api.owner().header("If-Match", "\"1\"").body(Map.of()).put(one).then().statusCode(412);
        Api.owner()
                .header("If-Match", "\"2\"")
                .body(Map.of("withoutAccessToken", true))
                .put(one)
                .then()
                .statusCode(200)
                .body("hasAccessToken", equalTo(false))
                .body("enabled", equalTo(true));
        assertThat(Api.events(company)).filteredOn("settings.changed"::equals).hasSize(3);
    }

    @Test
    void a_removed_pixel_is_gone_with_its_token() {
        var company = Api.aCompany("tira");
        String one = company.path() + "/pixels/" + aPixel(company);

        Api.owner().header("If-Match", "\"1\"").delete(one).then().statusCode(204);

        Api.owner().get(one).then().statusCode(404);
        assertThat(Admin.get().count("SELECT count(*) FROM core.pixel_configs WHERE company_id = ?", company.id()))
                .isZero();
        Api.owner().get(company.path() + "/audit?action=pixel.delete").then().body("items.size()", equalTo(1));
        aPixel(company);
    }

    @Test
    void a_pixel_of_another_company_is_not_there() {
        var own = Api.aCompany("propria");
        String hidden = own.path() + "/pixels/" + aPixel(Api.aCompany("alheia"));

        Api.owner().get(hidden).then().statusCode(404);
        Api.owner().header("If-Match", "*").body(Map.of()).put(hidden).then().statusCode(404);
        Api.owner().header("If-Match", "*").delete(hidden).then().statusCode(404);
    }

    private static String aPixel(Api.Made company) {
        return Api.owner()
                .body(Map.of("datasetId", "1234567890", "accessToken", "planted-token"))
                .post(company.path() + "/pixels")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
