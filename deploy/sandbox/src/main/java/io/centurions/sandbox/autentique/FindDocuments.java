package io.centurions.sandbox.autentique;

import io.centurions.sandbox.wire.PublicAddress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** document and documents: how a creation whose answer was lost is found again. */
final class FindDocuments {

    private static final int PAGE = 60;

    private final Documents documents;
    private final PublicAddress address;

    FindDocuments(Documents documents, PublicAddress address) {
        this.documents = documents;
        this.address = address;
    }

    Document one(JsonObject arguments) {
        return Optional.ofNullable(arguments.getString("id"))
                .flatMap(documents::find)
                .or(() -> Optional.ofNullable(arguments.getString("public_id")).flatMap(documents::ofSignature))
                .orElseThrow(() -> new GraphqlRefusal("Document not found"));
    }

    JsonObject many(JsonObject arguments) {
        List<Document> found = documents.newestFirst().stream()
                .filter(document -> matches(document, arguments))
                .toList();
        int limit = number(arguments, "limit", PAGE);
        int page = number(arguments, "page", 1);
        JsonArray data = new JsonArray();
        found.stream()
                .skip((long) (page - 1) * limit)
                .limit(limit)
                .forEach(document -> data.add(document.answer(address.base())));
        return new JsonObject()
                .put("total", found.size())
                .put("current_page", page)
                .put("per_page", limit)
                .put("has_more_pages", page * limit < found.size())
                .put("data", data);
    }

    private static int number(JsonObject arguments, String name, int otherwise) {
        return arguments.getValue(name) instanceof Number given ? Math.max(1, given.intValue()) : otherwise;
    }

    /** Sandbox documents are hidden unless asked for. */
    private static boolean matches(Document document, JsonObject wanted) {
        boolean onlySandbox = Boolean.TRUE.equals(wanted.getValue("onlySandbox"));
        boolean showSandbox = onlySandbox || Boolean.TRUE.equals(wanted.getValue("showSandbox"));
        boolean deletedToo = Boolean.TRUE.equals(wanted.getValue("include_deleted"));
        String folder = wanted.getString("folder_id");
        String name = wanted.getString("name", wanted.getString("search"));
        String start = wanted.getString("start_date");
        return (showSandbox || !document.isSandbox())
                && (!onlySandbox || document.isSandbox())
                && (deletedToo || !document.isDeleted())
                && (folder == null || folder.equals(document.folder()))
                && (name == null || document.name().contains(name))
                && (start == null || document.createdAt().compareTo(start) >= 0)
                && hasStatus(document, wanted.getString("status"));
    }

    private static boolean hasStatus(Document document, String status) {
        return switch (status == null ? "" : status) {
            case "SIGNED" -> document.isFinished();
            case "PENDING", "NOT_SIGNED" -> !document.isFinished();
            case "REJECTED" -> document.rejectedCount() > 0;
            default -> true;
        };
    }
}
