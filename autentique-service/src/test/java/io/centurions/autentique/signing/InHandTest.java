package io.centurions.autentique.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.CompanyId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InHandTest {

    private final CompanyId one = CompanyId.random();
    private final CompanyId other = CompanyId.random();
    private final InHand inHand = new InHand();

    @Test
    void each_company_has_its_own_count() {
        inHand.take(one);
        inHand.take(other);
        inHand.take(one);

        inHand.putDown(other);
        inHand.putDown(one);

        assertThat(inHand.counts()).isEqualTo(Map.of(one, 1));
    }

    @Test
    void a_company_without_any_is_forgotten() {
        inHand.take(one);

        inHand.putDown(one);
        inHand.putDown(one);

        assertThat(inHand.counts()).isEmpty();
    }
}
