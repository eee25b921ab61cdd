package io.centurions.autentique.autentique;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.autentique.contract.Signer;
import io.centurions.autentique.signing.SignatureProvider.Paper;

/** Our paper in Autentique's fields. */
final class ToDocumentInput {

    private ToDocumentInput() {}

    /** The variables of {@link Documents#CREATE}; the file itself is null here and travels as a part. */
    static ObjectNode variables(Paper paper, boolean sandbox, ObjectMapper json) {
        ObjectNode variables = json.createObjectNode();
        ObjectNode document = variables.putObject("document");
        document.put("name", paper.name());
        // One refusal ends it for everybody, and the others need not sign what will never hold.
        document.put("refusable", true);
        document.put("stop_on_rejected", true);
        if (paper.deadlineAt() != null) {
            document.put("deadline_at", paper.deadlineAt().toString());
        }
        ArrayNode signers = variables.putArray("signers");
        paper.signers().forEach(signer -> put(signers.addObject(), signer));
        variables.putNull("file");
        variables.put("sandbox", sandbox);
        return variables;
    }

    private static void put(ObjectNode input, Signer signer) {
        input.put("action", "SIGN");
        input.put("name", signer.name());
        switch (signer.delivery()) {
            case EMAIL -> input.put("email", signer.email());
            case WHATSAPP -> input.put("phone", signer.phone()).put("delivery_method", "DELIVERY_METHOD_WHATSAPP");
            case SMS -> input.put("phone", signer.phone()).put("delivery_method", "DELIVERY_METHOD_SMS");
            // A name alone: the answer carries a link that we pass on ourselves.
            case LINK -> {}
        }
    }
}
