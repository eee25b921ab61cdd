package io.centurions.platform.storage.folder;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Settings as an operator might give them. */
record TestConfig(Optional<List<String>> signingKeys, Optional<URI> publicAddress) implements FolderConfig {

    static FolderConfig signing(String... keys) {
        return new TestConfig(Optional.of(List.of(keys)), Optional.empty());
    }

    static FolderConfig at(String address) {
        return new TestConfig(
                Optional.of(List.of("a-key-that-is-long-enough-for-tests")), Optional.of(URI.create(address)));
    }

    @Override
    public Optional<String> path() {
        return Optional.empty();
    }

    @Override
    public String links() {
        return "/public/files";
    }

    @Override
    public long keepFree() {
        return 0;
    }
}
