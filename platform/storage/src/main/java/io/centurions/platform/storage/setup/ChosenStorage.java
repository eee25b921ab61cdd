package io.centurions.platform.storage.setup;

import io.centurions.platform.storage.Storage;
import io.centurions.platform.storage.StorageUnavailable;
import io.centurions.platform.storage.folder.FolderConfig;
import io.centurions.platform.storage.folder.FolderStorage;
import io.centurions.platform.storage.folder.Links;
import io.centurions.platform.storage.s3.S3Config;
import io.centurions.platform.storage.s3.S3Storage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The storage as {@code centurions.storage.kind} says: {@code folder} ({@link FolderConfig}) or {@code s3}
 * ({@link S3Config}). Made at its first use, so that a service that keeps no object needs no setting.
 */
class ChosenStorage {

    @Produces
    @ApplicationScoped
    Storage storage(
            @ConfigProperty(name = "centurions.storage.kind", defaultValue = "folder") String kind,
            FolderConfig folder,
            S3Config s3,
            Links links) {
        return switch (kind) {
            case "folder" -> new FolderStorage(root(folder), links, folder.keepFree());
            case "s3" -> S3Storage.of(s3);
            default -> throw new StorageUnavailable("STORAGE is folder or s3, not " + kind, null);
        };
    }

    private static Path root(FolderConfig folder) {
        return folder.path()
                .map(Path::of)
                .orElseThrow(() ->
                        new StorageUnavailable("STORAGE_FOLDER is not set, files can be neither kept nor read", null));
    }
}
