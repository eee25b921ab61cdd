package io.centurions.capi.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.DealId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventKeyTest {

    // The DNS namespace of RFC 9562, so that the value can be checked with any other UUID library.
    private static final CompanyId COMPANY = CompanyId.parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    private static final DealId DEAL = DealId.parse("0199a1b2-c3d4-7015-8a00-000000000015");

    @Test
    void the_same_fact_has_the_same_key_as_any_library_would_make_it() {
        UUID key = EventKey.of(COMPANY, DEAL, "Purchase");

        assertThat(key).isEqualTo(UUID.fromString("3fec7af5-8369-598f-afa6-fcce0fb474ad"));
        assertThat(key.version()).isEqualTo(5);
        assertThat(key.variant()).isEqualTo(2);
    }

    @Test
    void another_company_deal_or_name_has_another_key() {
        UUID key = EventKey.of(COMPANY, DEAL, "Purchase");

        assertThat(EventKey.of(CompanyId.random(), DEAL, "Purchase")).isNotEqualTo(key);
        assertThat(EventKey.of(COMPANY, DealId.random(), "Purchase")).isNotEqualTo(key);
        assertThat(EventKey.of(COMPANY, DEAL, "Lead")).isNotEqualTo(key);
    }
}
