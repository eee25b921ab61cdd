package io.centurions.contracts.knowledge;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.id.DocumentId;
import io.centurions.contracts.id.Id;

/**
 * A document came into the knowledge base, can be searched, could not be read, or was removed.
 *
 * <p>Written by whoever made the step true. At least once: a repeat has the same event id. Any order: a removed
 * document stays removed, whatever comes after.
 *
 * @param document the document
 * @param state    the step that was reached
 */
public record KnowledgeDocumentChanged(DocumentId document, State state) implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "knowledge.document";

    /** FAILED: it cannot be read; the reason is on its row. */
    public enum State {
        UPLOADED,
        INDEXED,
        FAILED,
        REMOVED,
        OTHER
    }

    public KnowledgeDocumentChanged {
        Check.present(document, "document");
        Check.present(state, "state");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Id subject() {
        return document;
    }
}
