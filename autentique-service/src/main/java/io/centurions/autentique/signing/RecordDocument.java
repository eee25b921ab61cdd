package io.centurions.autentique.signing;

import io.centurions.autentique.contract.Contract;
import io.centurions.autentique.contract.ContractRepository;
import io.centurions.autentique.contract.Finding;
import io.centurions.autentique.contract.SeenDocument;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Writes what a confirmed document says: each signer's progress, the contract's next state and its event, together. */
@ApplicationScoped
class RecordDocument {

    private final ContractRepository contracts;
    private final SigningRepository signing;
    private final Steps steps;
    private final Clock clock;

    RecordDocument(ContractRepository contracts, SigningRepository signing, Steps steps, Clock clock) {
        this.contracts = contracts;
        this.signing = signing;
        this.steps = steps;
        this.clock = clock;
    }

    /** @param before the contract as it was read before the provider was asked: later notices are not answered by this */
    void record(Held held, Contract before, SeenDocument document) {
        Finding finding = Finding.of(document, clock.instant());
        steps.write(held, (tx, now) -> {
            MatchSigners.match(contracts.signers(tx, now.id().value()), document.signatures())
                    .forEach((signer, signature) -> signing.seen(tx, signer, signature));
            steps.moveOrRest(tx, held, before, now, now.state().on(finding));
        });
    }
}
