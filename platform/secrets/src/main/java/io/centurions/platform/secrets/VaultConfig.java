package io.centurions.platform.secrets;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The installation's vault. Without an address, what a reference says is there cannot be read. */
@ConfigMapping(prefix = "centurions.secrets.vault")
interface VaultConfig {

    Optional<URI> url();

    /** Its policy should read what lies under mount and folder, and nothing else. */
    Optional<String> token();

    /** In place of the token: read at each call, because a vault's agent renews what stands there. */
    Optional<Path> tokenFile();

    /** Of Vault Enterprise. */
    Optional<String> namespace();

    /** Where the key-value store, version 2, is mounted. */
    @WithDefault("secret")
    String mount();

    /** Under which everything of ours lies in it. */
    @WithDefault("centurions")
    String folder();

    /** For the whole answer; a turn waits for it. */
    @WithDefault("3s")
    Duration limit();

    /** How long a secret that was read serves: how late a changed one takes effect at most. */
    @WithDefault("5m")
    Duration keep();

    /** How long the last one serves while the vault does not answer. What it refuses serves no longer. */
    @WithDefault("1h")
    Duration keepWhileAway();

    /** How long a vault that did not answer is not asked again. */
    @WithDefault("10s")
    Duration rest();
}
