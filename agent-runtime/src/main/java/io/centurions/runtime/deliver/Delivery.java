package io.centurions.runtime.deliver;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.InstanceId;
import io.vertx.sqlclient.Row;

/** A conversation that is ours to deliver to, until its lease ends or the fence grows. */
record Delivery(
        CompanyId company, ConversationId conversation, InstanceId instance, String chat, String channel, long fence) {

    static Delivery of(Row row) {
        return new Delivery(
                CompanyId.of(row.getUUID("company_id")),
                ConversationId.of(row.getUUID("conversation_id")),
                InstanceId.of(row.getUUID("instance_id")),
                row.getString("chat_ref"),
                row.getString("channel"),
                row.getLong("delivery_fence"));
    }

    Delivery under(long newerFence) {
        return new Delivery(company, conversation, instance, chat, channel, newerFence);
    }
}
