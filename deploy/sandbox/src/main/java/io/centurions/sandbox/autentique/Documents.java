package io.centurions.sandbox.autentique;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All documents, oldest first. */
final class Documents {

    private final Map<String, Document> byId = new LinkedHashMap<>();

    void add(Document document) {
        byId.put(document.id(), document);
    }

    Optional<Document> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<Document> ofSignature(String publicId) {
        return byId.values().stream()
                .filter(document -> document.signers().stream()
                        .anyMatch(signer -> signer.publicId().equals(publicId)))
                .findFirst();
    }

    List<Document> newestFirst() {
        return new ArrayList<>(byId.values()).reversed();
    }
}
