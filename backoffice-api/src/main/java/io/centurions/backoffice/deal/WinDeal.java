package io.centurions.backoffice.deal;

import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.DealId;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Wins the deal of a signed contract, at the time of the signature; noted once per contract, whatever is repeated. */
@ApplicationScoped
public class WinDeal {

    private final DealRepository deals;

    WinDeal(DealRepository deals) {
        this.deals = deals;
    }

    /** A contract that was signed, and when. */
    public record Signature(DealId deal, ContractId contract, Instant at) {}

    /** Nothing happens in a company without a schema. */
    public void win(Tx tx, Signature signature) {
        CompanySchema.of(tx).ifPresent(schema -> win(tx, schema, signature));
    }

    /** A deal that is won already keeps its contract and its time. */
    void win(Tx tx, CompanySchema schema, Signature signature) {
        deals.win(tx, schema, signature.deal(), signature.contract(), signature.at());
        deals.note(tx, schema, signature.deal(), signature.contract(), "contract_signed", "Contrato assinado");
    }
}
