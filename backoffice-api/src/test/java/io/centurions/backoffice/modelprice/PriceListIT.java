package io.centurions.backoffice.modelprice;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
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

    @Test
    void the_currency_stays_once_a_model_was_paid_or_its_cost_is_limited() {
        var company = Api.aCompany("moeda");
        nothingSpentAndNothingLimited();
        inCurrency("BRL").statusCode(200).body("currency", equalTo("BRL"));
        inCurrency("USD").statusCode(200);

        Admin.get()
                .execute(
                        "INSERT INTO core.usage_months (company_id, month, what, used) VALUES (?, '2026-01-01', 'modelSpend', 1)",
                        company.id());
        inCurrency("BRL").statusCode(409).body("type", equalTo("urn:centurions:problem:currency-in-use"));
        inCurrency("USD").statusCode(200);

        nothingSpentAndNothingLimited();
        for (Object limit : new Object[] {Map.of("most", 5, "then", "allow"), null}) {
            var limits = limit == null ? Map.of() : Map.of("modelSpend", limit);
            Api.owner()
                    .header("If-Match", "*")
                    .body(Map.of("limits", limits))
                    .put(company.path() + "/plan")
                    .then()
                    .statusCode(200);
            inCurrency("BRL").statusCode(limit == null ? 200 : 409);
        }
        inCurrency("USD").statusCode(200);
    }

    @Test
    void a_currency_in_which_nobody_pays_is_refused_unless_it_was_so() {
        nothingSpentAndNothingLimited();
        inCurrency("USD").statusCode(200);
        for (String code : List.of("ZZZ", "XAU", "DEM")) {
            inCurrency(code).statusCode(400).body("errors.field", contains("currency"));
        }

        Admin.get().execute("UPDATE core.price_list SET currency = 'DEM'");
        inCurrency("DEM").statusCode(200).body("currency", equalTo("DEM"));
        inCurrency("USD").statusCode(200);
    }

    private static void nothingSpentAndNothingLimited() {
        Admin.get().execute("DELETE FROM core.usage_months WHERE what = 'modelSpend'");
        Admin.get().execute("UPDATE core.plans SET limits = limits - 'modelSpend'");
        Admin.get().execute("UPDATE core.company_plans SET limits = limits - 'modelSpend'");
    }

    private static ValidatableResponse inCurrency(String currency) {
        return Api.owner()
                .header("If-Match", "*")
                .body(Map.of("currency", currency, "models", Map.of()))
                .put("/v1/model-prices")
                .then();
    }

    private static Map<String, Object> price(double input, double output) {
        return Map.of("input", input, "output", output);
    }
}
