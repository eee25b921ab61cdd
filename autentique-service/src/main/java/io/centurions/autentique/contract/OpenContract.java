package io.centurions.autentique.contract;

import io.centurions.autentique.template.Placeholders;
import io.centurions.autentique.template.Template;
import io.centurions.autentique.template.TemplateRepository;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Writes a contract down as {@code sending} and rings the bell; the provider is called by the loop, after the commit.
 * Whoever repeats the same request gets the same contract.
 */
@ApplicationScoped
class OpenContract {

    private final Database database;
    private final TemplateRepository templates;
    private final ContractRepository contracts;
    private final DueSignal due;

    OpenContract(Database database, TemplateRepository templates, ContractRepository contracts, DueSignal due) {
        this.database = database;
        this.templates = templates;
        this.contracts = contracts;
        this.due = due;
    }

    /**
     * @throws Problem 404 for an unknown company or template, 409 while the company is not active or when the
     *     key was used for something else, 422 for missing fields or a signer that cannot be reached as asked
     */
    Opened open(CompanyId company, ContractRequest request) {
        List<Signer> signers = signers(request);
        byte[] hash = contracts.fingerprint(request);
        return database.asCompany(company, tx -> {
            requireActive(tx);
            Template template =
                    templates.find(tx, request.templateId()).orElseThrow(() -> Problem.notFound("template"));
            requireFields(template, request);
            return contracts
                    .insert(tx, request, template.name(), new ContractState.Draft().send(), hash)
                    .map(id -> opened(tx, id, signers))
                    .orElseGet(() -> repeated(tx, request, hash));
        });
    }

    private Opened opened(Tx tx, UUID contract, List<Signer> signers) {
        contracts.insertSigners(tx, contract, signers);
        tx.afterCommit(due::ring);
        return new Opened(contracts.view(tx, contract).orElseThrow(), true);
    }

    private Opened repeated(Tx tx, ContractRequest request, byte[] hash) {
        UUID earlier = contracts
                .byKey(tx, request.idempotencyKey(), hash)
                .orElseThrow(() -> Problem.conflict(
                        "idempotency-key-reused", "This key was used for a contract with other content."));
        return new Opened(contracts.view(tx, earlier).orElseThrow(), false);
    }

    private static List<Signer> signers(ContractRequest request) {
        if ((request.valueCents() == null) != (request.currency() == null)) {
            throw Problem.unprocessable("value-without-currency", "A value and its currency come together.");
        }
        try {
            return request.signers().stream()
                    .map(ContractRequest.SignerRequest::toSigner)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw Problem.unprocessable("signer-unreachable", "A signer cannot be reached: " + e.getMessage() + ".");
        }
    }

    private static void requireFields(Template template, ContractRequest request) {
        List<String> missing = Placeholders.missing(template.fields(), request.fields());
        if (!missing.isEmpty()) {
            throw Problem.unprocessable("fields-missing", "The template also needs " + missing + ".");
        }
    }

    private static void requireActive(Tx tx) {
        String status = tx.first(
                        "SELECT status FROM core.companies WHERE id = $1",
                        tx.company().value())
                .orElseThrow(() -> Problem.notFound("company"))
                .getString("status");
        if (!"active".equals(status)) {
            throw Problem.conflict("company-not-active", "The company is " + status + ".");
        }
    }

    /** @param fresh whether this call made it */
    record Opened(ContractView contract, boolean fresh) {}
}
