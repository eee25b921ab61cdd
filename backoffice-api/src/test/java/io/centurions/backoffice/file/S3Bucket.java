package io.centurions.backoffice.file;

import io.centurions.platform.testkit.s3.S3Server;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Gives the application under test a bucket of a real S3-compatible server in the place of its folder. */
public class S3Bucket implements QuarkusTestResourceLifecycleManager {

    private static final String BUCKET = "empresas";

    @Override
    public Map<String, String> start() {
        var endpoint = S3Server.started().endpoint();
        var keys = AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
        try (S3Client s3 = S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(keys))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            s3.createBucket(create -> create.bucket(BUCKET));
        }
        return Map.of(
                "centurions.storage.kind",
                "s3",
                "centurions.storage.s3.endpoint",
                endpoint.toString(),
                "centurions.storage.s3.bucket",
                BUCKET,
                "centurions.storage.s3.access-key",
                S3Server.ACCESS_KEY,
                "centurions.storage.s3.secret-key",
                S3Server.SECRET_KEY);
    }

    @Override
    public void stop() {
        // The server serves the whole module and ends with the JVM.
    }
}
