package io.centurions.backoffice.modelprice;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class PriceListIT {

    @Test
    void the_list_is_replaced_whole_by_whoever_read_it_last() {
        String tag = Api.owner()
                .get("/v1/model-prices")
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");

        String next = Api.owner()
                .header("If-Match", tag)
                .body(Map.of("currency", "USD", "models", Map.of("mini", price(7.5, 60), "maxi", price(250, 1000))))
                .put("/v1/model-prices")
                .then()
                .statusCode(200)
                .body("models.mini.input", equalTo(7.5f))
                .extract()
                .header("ETag");
        Api.owner()
                .header("If-Match", tag)
                .body(Map.of("currency", "USD", "models", Map.of()))
                .put("/v1/model-prices")
                .then()
                .statusCode(412);
        Api.owner()
                .header("If-Match", next)
                .body(Map.of("currency", "USD", "models", Map.of("mini", price(8, 60))))
                .put("/v1/model-prices")
                .then()
                .statusCode(200)
                .body("models.maxi", nullValue());

        Api.owner().get("/v1/audit").then().body("items.action", hasItem("price-list.change"));
    }

    @Test
    void a_price_that_means_nothing_is_refused() {
        Api.owner()
                .header("If-Match", "*")
                .body(Map.of("currency", "USD", "models", Map.of("mini", Map.of("input", 1))))
                .put("/v1/model-prices")
                .then()
                .statusCode(400);
        Api.owner()
                .header("If-Match", "*")
                .body(Map.of("currency", "USD", "models", Map.of("mini", price(-1, 1))))
                .put("/v1/model-prices")
                .then()
                .statusCode(400);
    }

    private static Map<String, Object> price(double input, double output) {
        return Map.of("input", input, "output", output);
    }
}
