package io.centurions.capi.intake;

import io.centurions.capi.ledger.ConversionStatus;
import io.centurions.capi.ledger.LeadRepository;
import io.centurions.capi.ledger.SettleConversions;
import io.centurions.contracts.consent.PersonErased;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** Of an erased person nothing more is told, also of what comes after this. The rows hold no personal data and stay, as proof of what was sent. */
@ApplicationScoped
class PersonErasedConsumer implements WorkConsumer<PersonErased> {

    private final Database database;
    private final LeadRepository leads;
    private final SettleConversions settle;

    PersonErasedConsumer(Database database, LeadRepository leads, SettleConversions settle) {
        this.database = database;
        this.leads = leads;
        this.settle = settle;
    }

    @Override
    public Class<PersonErased> event() {
        return PersonErased.class;
    }

    @Override
    public Outcome handle(Received<PersonErased> received) {
        var lead = received.event().lead();
        database.runAsCompany(received.company(), tx -> {
            leads.keepUntold(tx, lead);
            settle.settleAllOf(tx, lead, ConversionStatus.SKIPPED, "person_erased");
        });
        return Outcome.done();
    }
}
