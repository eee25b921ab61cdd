package io.centurions.contracts;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.contracts.deal.DealLost;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.lead.LeadQualified;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CheckTest {

    @Test
    void free_text_does_not_pass_as_a_reason() {
        assertThatThrownBy(() -> new DealLost(DealId.random(), LeadId.random(), "Maria achou caro"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reason")
                .hasMessageNotContaining("Maria");
    }

    @Test
    void a_missing_component_is_named() {
        assertThatThrownBy(() -> new LeadQualified(LeadId.random(), ConversationId.random(), null, 80))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("handoff");
    }

    @Test
    void money_has_a_currency_and_no_sign() {
        assertThatThrownBy(() -> new DealWon(DealId.random(), LeadId.random(), 100, "reais", Instant.EPOCH))
                .hasMessageContaining("currency");
        assertThatThrownBy(() -> new DealWon(DealId.random(), LeadId.random(), -1, "BRL", Instant.EPOCH))
                .hasMessageContaining("valueCents");
    }
}
