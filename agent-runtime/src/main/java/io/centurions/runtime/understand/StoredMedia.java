package io.centurions.runtime.understand;

import io.centurions.platform.tenancy.Database;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** WhatsApp's media, which its gateway has fetched, decrypted and put into the database for us to read. */
@ApplicationScoped
class StoredMedia implements MediaSource {

    private static final String FILE = """
            SELECT CASE WHEN octet_length(f.content) <= $3 THEN f.content END AS content, d.mime_type
              FROM core.media d
              JOIN core.media_files f ON f.company_id = d.company_id AND f.message_id = d.message_id
             WHERE d.company_id = $1 AND d.message_id = $2 AND d.state = 'stored' AND d.location = 'core.media_files'
            """;

    private final Database database;

    StoredMedia(Database database) {
        this.database = database;
    }

    @Override
    public String channel() {
        return "whatsapp";
    }

    @Override
    public Optional<Fetched> fetch(Wanted wanted) {
        return database
                .onceAsCompany(
                        wanted.company(),
                        FILE,
                        wanted.company().value(),
                        wanted.message().value(),
                        wanted.most())
                .stream()
                .findFirst()
                .map(StoredMedia::fetched);
    }

    private static Fetched fetched(Row row) {
        Buffer content = row.getBuffer("content");
        if (content == null) {
            throw new TooLong();
        }
        return new Fetched(content.getBytes(), row.getString("mime_type"));
    }
}
