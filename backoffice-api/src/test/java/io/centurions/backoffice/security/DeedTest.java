package io.centurions.backoffice.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeedTest {

    @Test
    void of_an_archived_company_everything_is_read_and_ended_and_nothing_changed() {
        assertThatCode(() -> Deed.READS.check("archived")).doesNotThrowAnyException();
        assertThatCode(() -> Deed.ENDS.check("archived")).doesNotThrowAnyException();
        assertThatThrownBy(() -> Deed.CHANGES.check("archived"))
                .hasMessageContaining("an archived company is kept as it was");
    }

    @ParameterizedTest
    @ValueSource(strings = {"provisioning", "active", "failed", "suspended"})
    void of_any_other_company_everything_is_done(String status) {
        assertThat(Deed.values())
                .allSatisfy(deed -> assertThatCode(() -> deed.check(status)).doesNotThrowAnyException());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void a_request_that_shows_only_reads(String method) {
        assertThat(Deed.of(HttpMethod.valueOf(method))).isEqualTo(Deed.READS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "PURGE"})
    void every_other_request_changes_unless_it_says_what_it_does(String method) {
        assertThat(Deed.of(HttpMethod.valueOf(method))).isEqualTo(Deed.CHANGES);
    }
}
