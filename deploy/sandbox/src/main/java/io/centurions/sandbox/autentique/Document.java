package io.centurions.sandbox.autentique;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** One document sent for signature, with the file that was uploaded. */
final class Document {

    private final String id = randomId();
    private final JsonObject asked;
    private final List<Signer> signers;
    private final boolean sandbox;
    private final String folder;
    private final byte[] file;
    private final String createdAt = Stamp.now();
    private String updatedAt = createdAt;
    private String deletedAt;

    Document(JsonObject arguments, List<Signer> signers, byte[] file) {
        this.asked = arguments.getJsonObject("document").copy();
        this.signers = signers;
        this.sandbox = Boolean.TRUE.equals(arguments.getValue("sandbox"));
        this.folder = arguments.getString("folder_id");
        this.file = file;
        normaliseDeadline();
    }

    private static String randomId() {
        StringBuilder hex = new StringBuilder();
        while (hex.length() < 51) {
            hex.append(Long.toHexString(ThreadLocalRandom.current().nextLong()));
        }
        return hex.substring(0, 51);
    }

    String id() {
        return id;
    }

    String name() {
        return asked.getString("name");
    }

    String folder() {
        return folder;
    }

    boolean isSandbox() {
        return sandbox;
    }

    List<Signer> signers() {
        return signers;
    }

    byte[] file() {
        return file;
    }

    String createdAt() {
        return createdAt;
    }

    String updatedAt() {
        return updatedAt;
    }

    String deletedAt() {
        return deletedAt;
    }

    JsonObject askedFor() {
        return asked;
    }

    boolean isDeleted() {
        return deletedAt != null;
    }

    Optional<Signer> signer(String who) {
        return signers.stream().filter(signer -> signer.isMeantBy(who)).findFirst();
    }

    boolean isFinished() {
        return signers.stream().allMatch(Signer::hasSigned);
    }

    long signedCount() {
        return signers.stream().filter(Signer::hasSigned).count();
    }

    long rejectedCount() {
        return signers.stream().filter(Signer::hasRejected).count();
    }

    /** Why nobody can sign any more, empty while it is open. Deleting alone does not stop a link that is out. */
    Optional<String> closedBecause() {
        String deadline = asked.getString("deadline_at");
        if (deadline != null && Instant.parse(deadline).isBefore(Instant.now())) {
            return Optional.of("the deadline has passed");
        }
        if (isDeleted() && signedCount() == 0) {
            return Optional.of("the document is deleted");
        }
        boolean stopped = asked.getBoolean("stop_on_rejected", false) && rejectedCount() > 0;
        return stopped ? Optional.of("somebody has rejected it") : Optional.empty();
    }

    void update(JsonObject changes) {
        asked.mergeIn(changes);
        normaliseDeadline();
        touched();
    }

    void delete() {
        deletedAt = Stamp.now();
        touched();
    }

    void touched() {
        updatedAt = Stamp.now();
    }

    private void normaliseDeadline() {
        if (asked.getString("deadline_at") != null) {
            asked.put("deadline_at", Stamp.of(asked.getString("deadline_at")));
        }
    }

    /** As GraphQL answers; {@code files.signed} is an address long before anybody signed. */
    JsonObject answer(String base) {
        JsonArray signatures = new JsonArray();
        signers.forEach(signer -> signatures.add(signer.answer()));
        return asked.copy()
                .put("id", id)
                .put("sandbox", sandbox)
                .put("created_at", createdAt)
                .put("updated_at", updatedAt)
                .put("deleted_at", deletedAt)
                .put("deadline_at", asked.getString("deadline_at"))
                .put("signatures", signatures)
                .put("signatures_count", signers.size())
                .put("signed_count", signedCount())
                .put("rejected_count", rejectedCount())
                .put("processed_at", createdAt)
                .put("files", files(base));
    }

    JsonObject files(String base) {
        String folderOfFiles = base + "/autentique/documentos/" + id;
        return new JsonObject()
                .put("original", folderOfFiles + "/original.pdf")
                .put("signed", folderOfFiles + "/assinado.pdf")
                .put("certified", folderOfFiles + "/certificado.pdf")
                .put("pades", folderOfFiles + "/pades.pdf");
    }
}
