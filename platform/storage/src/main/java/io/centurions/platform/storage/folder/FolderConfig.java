package io.centurions.platform.storage.folder;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Objects in a folder. */
@ConfigMapping(prefix = "centurions.storage.folder")
public interface FolderConfig {

    /** Made when it is missing. One file system, shared by all replicas, backed up with the database. */
    Optional<String> path();

    /**
     * What addresses are signed with, at least 32 characters each: the first signs, all are accepted. To
     * change a key, put the new one in front, and take the old one away when the last address that it signed
     * has expired.
     */
    Optional<List<String>> signingKeys();

    /** Where people reach us; without it addresses are relative to it. */
    Optional<URI> publicAddress();

    /** The path under which objects are served. */
    @WithDefault("/public/files")
    String links();

    /** Bytes of the file system that are left to others: when no more are free, nothing more is kept. */
    @WithDefault("268435456")
    long keepFree();
}
