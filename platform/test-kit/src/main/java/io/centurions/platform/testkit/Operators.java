package io.centurions.platform.testkit;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the service under test tells operators of itself, at the port that is theirs alone. */
public final class Operators {

    private Operators() {}

    /** The answer of readiness. */
    public static Response readiness() {
        return get("/q/health/ready");
    }

    /** The answer of liveness. */
    public static Response liveness() {
        return get("/q/health/live");
    }

    /** All figures, as Prometheus reads them. */
    public static String metrics() {
        return get("/q/metrics").then().statusCode(200).extract().asString();
    }

    private static Response get(String path) {
        return given().port(ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class))
                .get(path);
    }
}
