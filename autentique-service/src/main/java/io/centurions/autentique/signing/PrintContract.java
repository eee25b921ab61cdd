package io.centurions.autentique.signing;

import io.centurions.autentique.contract.Contract;
import io.centurions.autentique.contract.ContractRepository;
import io.centurions.autentique.contract.Signer;
import io.centurions.autentique.contract.StoredSigner;
import io.centurions.autentique.template.Placeholders;
import io.centurions.autentique.template.Template;
import io.centurions.autentique.template.TemplateRepository;
import io.centurions.autentique.template.TypesetPdf;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Fills a contract's template and prints it. The same contract always gives the same paper. */
@ApplicationScoped
class PrintContract {

    private final Database database;
    private final TemplateRepository templates;
    private final ContractRepository contracts;

    PrintContract(Database database, TemplateRepository templates, ContractRepository contracts) {
        this.database = database;
        this.templates = templates;
        this.contracts = contracts;
    }

    SignatureProvider.Paper print(CompanyId company, Contract contract) {
        Draft draft = database.asCompany(
                company,
                tx -> new Draft(
                        templates.find(tx, contract.template()).orElseThrow(),
                        contracts.signers(tx, contract.id().value()).stream()
                                .map(StoredSigner::signer)
                                .toList()));
        byte[] pdf = TypesetPdf.of(
                contract.name(), Placeholders.fill(draft.template().body(), contract.fields()));
        return new SignatureProvider.Paper(
                contract.documentName(), contract.reference(), pdf, draft.signers(), contract.deadlineAt());
    }

    private record Draft(Template template, List<Signer> signers) {}
}
