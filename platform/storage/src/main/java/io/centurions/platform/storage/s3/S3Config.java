package io.centurions.platform.storage.s3;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Objects in a bucket. */
@ConfigMapping(prefix = "centurions.storage.s3")
public interface S3Config {

    /** Address of the server; without it AWS's own of the region. */
    Optional<URI> endpoint();

    /**
     * The same server as people's browsers reach it, where that is another address; addresses are signed for
     * this one.
     */
    Optional<URI> publicEndpoint();

    @WithDefault("us-east-1")
    String region();

    /** Must exist, and be open to nobody. One for each installation: companies are prefixes in it. */
    Optional<String> bucket();

    /** Without a pair of keys the machine's own role is asked for, as AWS gives it. */
    Optional<String> accessKey();

    Optional<String> secretKey();

    /** The bucket in the path instead of the host name: what most servers but AWS want. */
    @WithDefault("true")
    boolean pathStyle();

    /** Of one try; a large object takes its time. */
    @WithDefault("60s")
    Duration tryMost();

    /** Of one call with its repeats. */
    @WithDefault("120s")
    Duration callMost();
}
