package io.centurions.runtime.closure;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversationId;
import io.vertx.sqlclient.Row;

/** A conversation whose burst is over, leased to us under a fence. The epoch tells whether a person came in between. */
record DueTurn(CompanyId company, ConversationId conversation, long fence, long epoch) {

    static DueTurn of(Row row) {
        return new DueTurn(
                CompanyId.of(row.getUUID("company_id")),
                ConversationId.of(row.getUUID("conversation_id")),
                row.getLong("fence"),
                row.getLong("epoch"));
    }
}
