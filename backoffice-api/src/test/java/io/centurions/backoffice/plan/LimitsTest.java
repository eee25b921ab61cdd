package io.centurions.backoffice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final Limit TEN = new Limit(10L, "block");
    private static final Limit NO_LIMIT = new Limit(null, "allow");

    @Test
    void an_exception_stands_in_place_of_the_plans_limit_each_by_itself() {
        var plan = new Limits(TEN, TEN, null, TEN, TEN);
        var own = new Limits(null, NO_LIMIT, TEN, null, NO_LIMIT);

        assertThat(own.over(plan)).isEqualTo(new Limits(TEN, NO_LIMIT, TEN, TEN, NO_LIMIT));
    }

    @Test
    void a_limit_that_is_lifted_is_kept_as_one_and_no_limit_is_not() {
        var text = new LimitsText(new ObjectMapper());
        var limits = new Limits(null, NO_LIMIT, TEN, null, null);

        assertThat(text.of(limits)).doesNotContain("leads").contains("instances");
        assertThat(text.read(text.of(limits))).isEqualTo(limits);
        assertThat(text.read(null)).isEqualTo(Limits.NONE);
    }
}
