package io.centurions.sandbox.phone;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** A simulated messaging provider as the lead's telephone sees it. */
public interface Channel {

    /** whatsapp, instagram or telegram. */
    String name();

    /** The companies' ends that a lead can write to: {@code instance, name, state}. */
    List<JsonObject> instances();

    /** The one form in which this provider knows a lead's address. */
    String addressOf(String from);

    /**
     * Sends the provider's webhook for the message.
     *
     * @throws PhoneRefusal when the instance is unknown or not connected
     */
    Sent write(LeadMessage message);
}
