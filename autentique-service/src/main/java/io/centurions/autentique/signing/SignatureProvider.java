package io.centurions.autentique.signing;

import io.centurions.autentique.contract.SeenDocument;
import io.centurions.autentique.contract.Signer;
import io.centurions.contracts.id.CompanyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who collects the signatures, in our words. Every call blocks the calling virtual thread up to the provider's time
 * limit, and none throws for what the provider or the network does: that is a {@link ProviderResult}.
 */
public interface SignatureProvider {

    /** Sends the paper to its signers. Not idempotent: after anything but an answer, {@link #find} comes first. */
    ProviderResult<String> create(CompanyId company, Paper paper);

    /** The document whose name ends with our reference. */
    ProviderResult<Optional<String>> find(CompanyId company, Paper paper);

    /** The document as it is now; empty when the provider knows none by that id. */
    ProviderResult<Optional<SeenDocument>> look(CompanyId company, String document);

    /** Nobody can sign from now on. */
    ProviderResult<String> block(CompanyId company, String document);

    /** Takes the document away; alone it does not stop those who have the link. */
    ProviderResult<String> delete(CompanyId company, String document);

    /**
     * What is sent.
     *
     * @param name       as the signers see it; ends with the reference
     * @param reference  the part of the name that is ours alone
     * @param pdf        the printed contract
     * @param signers    in their order
     * @param deadlineAt null without a deadline
     */
    record Paper(String name, String reference, byte[] pdf, List<Signer> signers, Instant deadlineAt) {}
}
