package io.centurions.autentique.signing;

import io.centurions.autentique.contract.SeenSignature;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ContractId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Claims, attempts and what was seen of signers, as rows. */
@ApplicationScoped
class SigningRepository {

    private static final String CLAIM = "SELECT company_id, contract_id, fence"
            + " FROM core.claim_due_contracts_v2($1, $2, $3, $4, $5::text::interval)";

    private static final String SEEN = """
            UPDATE core.contract_signers
               SET signature_id = $3, link = coalesce($4::text, link), viewed_at = coalesce($5::timestamptz, viewed_at),
                   signed_at = coalesce($6::timestamptz, signed_at),
                   rejected_at = coalesce($7::timestamptz, rejected_at),
                   refusal_reason = coalesce($8::text, refusal_reason)
             WHERE company_id = $1 AND id = $2""";

    private final Database database;

    SigningRepository(Database database) {
        this.database = database;
    }

    /**
     * Holds due contracts of any company for this replica.
     *
     * @param ofCompany how many of one company, together with those in hand
     * @param inHand    what this replica has claimed and not ended, by company
     */
    List<Held> claim(int limit, int ofCompany, Map<CompanyId, Integer> inHand, Duration lease) {
        var companies = List.copyOf(inHand.keySet());
        return database
                .call(
                        CLAIM,
                        limit,
                        ofCompany,
                        companies.stream().map(CompanyId::value).toArray(UUID[]::new),
                        companies.stream().map(inHand::get).toArray(Integer[]::new),
                        lease.toString())
                .stream()
                .map(row -> new Held(
                        CompanyId.of(row.getUUID("company_id")),
                        ContractId.of(row.getUUID("contract_id")),
                        row.getLong("fence")))
                .toList();
    }

    void attempted(Tx tx, ContractId contract, String step, ProviderResult<?> result, Duration took) {
        tx.execute(
                "INSERT INTO core.delivery_attempts_autentique (company_id, contract_id, step, outcome, reason, took_ms) "
                        + "VALUES ($1, $2, $3, $4, $5::text, $6)",
                tx.company().value(),
                contract.value(),
                step,
                result.outcome(),
                result.reason(),
                took.toMillis());
    }

    void seen(Tx tx, UUID signer, SeenSignature signature) {
        tx.execute(
                SEEN,
                tx.company().value(),
                signer,
                signature.id(),
                signature.link(),
                timestamp(signature.viewedAt()),
                timestamp(signature.signedAt()),
                timestamp(signature.rejectedAt()),
                signature.reason());
    }

    /** Whether the provider once told that the document is deleted. */
    boolean toldDeleted(Held held) {
        return !database.onceAsCompany(
                        held.company(),
                        "SELECT 1 FROM core.contract_events "
                                + "WHERE company_id = $1 AND contract_id = $2 AND type = 'document.deleted' LIMIT 1",
                        held.company().value(),
                        held.contract().value())
                .isEmpty();
    }

    /** Whether the provider has told anything of late. Served by contract_events_contract_idx. */
    boolean toldWithin(Tx tx, ContractId contract, Duration age) {
        return tx.first(
                        "SELECT 1 FROM core.contract_events WHERE company_id = $1 AND contract_id = $2 "
                                + "AND received_at > clock_timestamp() - $3::text::interval LIMIT 1",
                        tx.company().value(),
                        contract.value(),
                        age.toString())
                .isPresent();
    }

    private static OffsetDateTime timestamp(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
