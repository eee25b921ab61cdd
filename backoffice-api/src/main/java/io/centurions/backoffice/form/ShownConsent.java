package io.centurions.backoffice.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The words beside the box, as the form shows them now. Whoever ticked it must be able to read later what they
 * agreed to, so they are kept with the answer: a form may say something else tomorrow.
 *
 * @param text    null: the form shows none of its own
 * @param version of the form
 */
record ShownConsent(String text, int version) {

    /** The answer with the words; a page that sends its own words is believed. */
    JsonNode beside(JsonNode consent) {
        if (text == null || consent.hasNonNull("text")) {
            return consent;
        }
        ObjectNode complete = consent.isObject()
                ? consent.deepCopy()
                : JsonNodeFactory.instance.objectNode().put("given", consent.asBoolean(false));
        complete.put("text", text);
        if (!complete.hasNonNull("version")) {
            complete.put("version", "form " + version);
        }
        return complete;
    }
}
