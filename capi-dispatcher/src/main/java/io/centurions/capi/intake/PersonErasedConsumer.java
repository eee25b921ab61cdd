package io.centurions.capi.intake;

import io.centurions.capi.ledger.ConversionStatus;
import io.centurions.capi.ledger.SettleConversions;
import io.centurions.contracts.consent.PersonErased;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** Of an erased person nothing more is told. The rows hold no personal data and stay, as proof of what was sent. */
@ApplicationScoped
class PersonErasedConsumer implements WorkConsumer<PersonErased> {

    private final Database database;
    private final SettleConversions settle;

    PersonErasedConsumer(Database database, SettleConversions settle) {
        this.database = database;
        this.settle = settle;
    }

    @Override
    public Class<PersonErased> event() {
        return PersonErased.class;
    }

    @Override
    public Outcome handle(Received<PersonErased> received) {
        database.runAsCompany(
                received.company(),
                tx -> settle.settleAllOf(tx, received.event().lead(), ConversionStatus.SKIPPED, "person_erased"));
        return Outcome.done();
    }
}
