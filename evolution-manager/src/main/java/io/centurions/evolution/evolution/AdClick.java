package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The ad that a first message came from. A link card looks the same, but has neither a source nor a click id. */
final class AdClick {

    private AdClick() {}

    /** The referral in our words, or null when no ad led here. */
    static ObjectNode of(JsonNode context) {
        JsonNode card = context.path("externalAdReply");
        String click = Wire.text(card.path("ctwaClid"));
        String source = Wire.text(card.path("sourceId"));
        // Newer apps hide the card and leave only this trace: the lead came from an ad, nobody can say from which.
        boolean hidden = "ctwa_ad".equals(Wire.text(context.path("entryPointConversionSource")));
        if (click == null && source == null && !hidden) {
            return null;
        }
        ObjectNode referral = JsonNodeFactory.instance.objectNode();
        put(referral, "ctwa_clid", click);
        put(referral, "ad_id", source);
        put(referral, "source_type", Wire.text(card.path("sourceType")));
        put(referral, "source_url", Wire.text(card.path("sourceUrl")));
        put(referral, "headline", Wire.text(card.path("title")));
        put(referral, "body", Wire.text(card.path("body")));
        put(referral, "source_app", Wire.text(card.path("sourceApp")));
        put(referral, "ref", Wire.text(card.path("ref")));
        put(referral, "entry_point", Wire.text(context.path("entryPointConversionSource")));
        return referral;
    }

    private static void put(ObjectNode node, String name, String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
