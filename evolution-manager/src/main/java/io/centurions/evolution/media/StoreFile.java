package io.centurions.evolution.media;

import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.MessageId;
import io.centurions.contracts.message.MediaStored;
import io.centurions.contracts.message.MessageKind;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** Ends the fetching of a file: its bytes, or the reason why there are none, and the announcement commit together. */
@ApplicationScoped
class StoreFile {

    private static final int PIECE = 64 * 1024;

    private final Database database;
    private final MediaFileRepository files;
    private final Outbox outbox;
    private final MediaConfig config;

    StoreFile(Database database, MediaFileRepository files, Outbox outbox, MediaConfig config) {
        this.database = database;
        this.files = files;
        this.outbox = outbox;
        this.config = config;
    }

    /** A file as its webhook brought it along. */
    void storeInline(WantedFile file) {
        byte[] content;
        try {
            content = Base64.getMimeDecoder().decode(file.inline());
        } catch (IllegalArgumentException e) {
            fail(file, "not_base64");
            return;
        }
        store(file, null, Buffer.buffer(content));
    }

    void store(WantedFile file, String mime, Buffer content) {
        if (content.length() == 0 || content.length() > config.bytesMax()) {
            fail(file, content.length() == 0 ? "empty" : "too_large");
            return;
        }
        byte[] sha256 = sha256(content);
        database.runAsCompany(file.company(), tx -> {
            if (files.stored(tx, file, mime, content, sha256)) {
                announce(tx, file, MediaStored.State.STORED);
            }
        });
    }

    void fail(WantedFile file, String reason) {
        database.runAsCompany(file.company(), tx -> {
            if (files.failed(tx, file, reason)) {
                announce(tx, file, MediaStored.State.FAILED);
            }
        });
    }

    private void announce(Tx tx, WantedFile file, MediaStored.State state) {
        outbox.append(
                tx,
                new MediaStored(
                        MessageId.of(file.message()),
                        ConversationId.of(file.conversation()),
                        MessageKind.valueOf(file.kind().toUpperCase(Locale.ROOT)),
                        state));
    }

    // In pieces, because a buffer gives its bytes as a copy only.
    private static byte[] sha256(Buffer content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int from = 0; from < content.length(); from += PIECE) {
                digest.update(content.getBytes(from, Math.min(content.length(), from + PIECE)));
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
