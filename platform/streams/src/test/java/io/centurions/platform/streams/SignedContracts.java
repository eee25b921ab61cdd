package io.centurions.platform.streams;

import io.centurions.contracts.contract.ContractSigned;
import io.centurions.contracts.conversion.ConversionDispatched;
import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.ConversionId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A consumer whose effect is a row, and which can fail once when both the mark and the effect are written. */
@ApplicationScoped
class SignedContracts implements WorkConsumer<ContractSigned> {

    private final Database database;
    private final Consumed consumed;
    private final Outbox outbox;
    private final Set<ContractId> failing = ConcurrentHashMap.newKeySet();
    private final Map<ContractId, List<Long>> marksBefore = new ConcurrentHashMap<>();

    SignedContracts(Database database, Consumed consumed, Outbox outbox) {
        this.database = database;
        this.consumed = consumed;
        this.outbox = outbox;
    }

    @Override
    public Class<ContractSigned> event() {
        return ContractSigned.class;
    }

    @Override
    public Outcome handle(Received<ContractSigned> received) {
        ContractSigned signed = received.event();
        marksBefore
                .computeIfAbsent(signed.contract(), any -> new CopyOnWriteArrayList<>())
                .add(marksOf(received));
        database.runAsCompany(received.company(), tx -> {
            if (consumed.first(tx, received)) {
                outbox.append(tx, effectOf(signed));
            }
            if (failing.remove(signed.contract())) {
                throw new IllegalStateException("told so by the test");
            }
        });
        return Outcome.done();
    }

    void failOnce(ContractId contract) {
        failing.add(contract);
    }

    /** For each try, how many marks everybody saw when it began. */
    List<Long> marksBeforeEachTry(ContractId contract) {
        return marksBefore.getOrDefault(contract, List.of());
    }

    private static ConversionDispatched effectOf(ContractSigned signed) {
        return new ConversionDispatched(
                ConversionId.random(),
                signed.lead(),
                signed.deal(),
                "Purchase",
                ConversionDispatched.Outcome.SENT,
                null);
    }

    private static long marksOf(Received<?> received) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.consumed_events_capi WHERE event_id = ?",
                        received.envelope().id().value());
    }
}
