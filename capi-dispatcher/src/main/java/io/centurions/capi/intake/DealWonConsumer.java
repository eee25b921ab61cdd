package io.centurions.capi.intake;

import io.centurions.contracts.deal.DealWon;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import jakarta.enterprise.context.ApplicationScoped;

/** A won deal is a purchase, unless its contract was told as signed before. */
@ApplicationScoped
class DealWonConsumer implements WorkConsumer<DealWon> {

    private final RecordConversion recordConversion;

    DealWonConsumer(RecordConversion recordConversion) {
        this.recordConversion = recordConversion;
    }

    @Override
    public Class<DealWon> event() {
        return DealWon.class;
    }

    @Override
    public Outcome handle(Received<DealWon> received) {
        return recordConversion.record(
                received.envelope(),
                Fact.purchase(
                        received.event().lead(),
                        received.event().deal(),
                        received.event().wonAt()));
    }
}
