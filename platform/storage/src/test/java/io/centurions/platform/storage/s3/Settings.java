package io.centurions.platform.storage.s3;

import io.centurions.platform.testkit.s3.S3Server;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings as an operator might give them. */
record Settings(Optional<URI> endpoint, String bucketName, String key) implements S3Config {

    static S3Config of(String bucket) {
        return of(bucket, S3Server.SECRET_KEY);
    }

    static S3Config of(String bucket, String secretKey) {
        return new Settings(Optional.of(S3Server.started().endpoint()), bucket, secretKey);
    }

    /** Leads to where nobody listens. */
    static S3Config nowhere() {
        return new Settings(Optional.of(URI.create("http://127.0.0.1:9")), "none", S3Server.SECRET_KEY);
    }

    @Override
    public Optional<URI> publicEndpoint() {
        return Optional.empty();
    }

    @Override
    public String region() {
        return "us-east-1";
    }

    @Override
    public Optional<String> bucket() {
        return Optional.of(bucketName);
    }

    @Override
    public Optional<String> accessKey() {
        return Optional.of(S3Server.ACCESS_KEY);
    }

    @Override
    public Optional<String> secretKey() {
        return Optional.of(key);
    }

    @Override
    public boolean pathStyle() {
        return true;
    }

    @Override
    public Duration tryMost() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration callMost() {
        return Duration.ofSeconds(20);
    }
}
