package io.centurions.backoffice.file;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.storage.Download;
import io.centurions.platform.storage.ObjectRef;
import io.centurions.platform.storage.Storage;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Adds to a file the address by which it can be read for a while. Asks nobody: an address is only signed. */
@ApplicationScoped
class LinkFile {

    private final Storage storage;
    private final FileConfig config;
    private final Clock clock;

    LinkFile(Storage storage, FileConfig config, Clock clock) {
        this.storage = storage;
        this.config = config;
        this.clock = clock;
    }

    LinkedFile link(UUID company, FileView view) {
        if (!view.stillThere()) {
            return new LinkedFile(view, null, null);
        }
        Instant until = clock.instant().plus(config.linkValidFor()).truncatedTo(ChronoUnit.SECONDS);
        String type = view.type().startsWith("text/") ? view.type() + ";charset=utf-8" : view.type();
        var object = new ObjectRef(CompanyId.of(company), view.id());
        return new LinkedFile(view, storage.link(object, new Download(view.name(), type), until), until);
    }
}
