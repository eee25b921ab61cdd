package io.centurions.backoffice.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** That an answer which is not as described is found. */
class AsDescribedTest {

    private static final String KEY_RING = "/v1/key-ring";
    private static final String COMPANY = "/v1/companies/0198c0de-0000-7000-8000-000000000001";

    private final AsDescribed document = AsDescribed.inTheDocument();

    @Test
    void an_answer_with_the_fields_of_its_schema_is_as_described() {
        assertThat(document.faults("GET", KEY_RING, 200, "{\"sealedByOlderKeys\": 3}"))
                .isEmpty();
    }

    @Test
    void a_field_more_or_less_and_a_field_of_another_type_is_not() {
        assertThat(document.faults("GET", KEY_RING, 200, "{\"sealedByOlderKeys\": 3, \"secret\": \"x\"}"))
                .hasSize(1);
        assertThat(document.faults("GET", KEY_RING, 200, "{}")).hasSize(1);
        assertThat(document.faults("GET", KEY_RING, 200, "{\"sealedByOlderKeys\": \"3\"}"))
                .hasSize(1);
        assertThat(document.faults("GET", KEY_RING, 200, "{\"sealedByOlderKeys\": null}"))
                .hasSize(1);
    }

    @Test
    void a_status_that_the_operation_does_not_have_is_not() {
        assertThat(document.faults("GET", KEY_RING, 201, "{\"sealedByOlderKeys\": 3}"))
                .hasSize(1);
        assertThat(document.faults("GET", KEY_RING, 409, "{}")).hasSize(1);
    }

    @Test
    void a_problem_of_a_type_that_the_operation_does_not_have_is_not() {
        assertThat(document.faults("GET", COMPANY, 404, problem("not-found", 404)))
                .isEmpty();
        assertThat(document.faults("GET", COMPANY, 404, problem("slug-taken", 404)))
                .hasSize(1);
    }

    @Test
    void what_is_not_described_is_passed_over() {
        assertThat(document.faults("GET", "/q/openapi", 200, "{}")).isEmpty();
        assertThat(document.faults("PATCH", COMPANY, 405, "{}")).isEmpty();
    }

    private static String problem(String code, int status) {
        return """
                {"type": "urn:centurions:problem:%s", "title": "T", "status": %d, "detail": "d", "instance": "urn:x"}
                """.formatted(code, status);
    }
}
