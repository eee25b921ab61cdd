package io.centurions.bench.probe;

import io.centurions.contracts.message.ReplyRequested;
import io.centurions.platform.streams.Consumed;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** The consumer: notes that it started, and has the effect that every consumer has at least, a row of its own transaction. */
@ApplicationScoped
class NoteStart implements WorkConsumer<ReplyRequested> {

    private final Waits waits;
    private final Database database;
    private final Consumed consumed;

    NoteStart(Waits waits, Database database, Consumed consumed) {
        this.waits = waits;
        this.database = database;
        this.consumed = consumed;
    }

    @Override
    public Class<ReplyRequested> event() {
        return ReplyRequested.class;
    }

    @Override
    public Outcome handle(Received<ReplyRequested> received) {
        waits.started(received.envelope().id(), System.nanoTime());
        database.asCompany(received.company(), tx -> consumed.first(tx, received));
        return Outcome.done();
    }
}
