package io.centurions.capi.intake;

import io.centurions.contracts.contract.ContractSigned;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * A signed contract is a purchase, unless its deal was told as won before. The deal may be mirrored later than this
 * comes.
 */
@ApplicationScoped
class ContractSignedConsumer implements WorkConsumer<ContractSigned> {

    private final RecordConversion recordConversion;

    ContractSignedConsumer(RecordConversion recordConversion) {
        this.recordConversion = recordConversion;
    }

    @Override
    public Class<ContractSigned> event() {
        return ContractSigned.class;
    }

    @Override
    public Outcome handle(Received<ContractSigned> received) {
        return recordConversion.record(
                received.envelope(),
                Fact.purchase(
                        received.event().lead(),
                        received.event().deal(),
                        received.event().at()));
    }
}
