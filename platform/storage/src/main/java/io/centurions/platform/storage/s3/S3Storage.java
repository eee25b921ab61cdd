package io.centurions.platform.storage.s3;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.storage.Content;
import io.centurions.platform.storage.Download;
import io.centurions.platform.storage.Found;
import io.centurions.platform.storage.ObjectRef;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.storage.StorageFull;
import io.centurions.platform.storage.StorageUnavailable;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Objects as {@code <company>/<id>} of one bucket. The server makes an object whole or not at all; what is to
 * be kept is put down on this machine first, because S3 wants to know its length before.
 */
public final class S3Storage implements Storage {

    /** Stands for a company's part, which S3 does not know otherwise. */
    private static final String MARK = ".company";

    private static final String ANY_TYPE = "application/octet-stream";
    private static final Duration LONGEST_LINK = Duration.ofDays(7);
    private static final Set<String> FULL = Set.of("QuotaExceeded", "XMinioStorageFull");

    private final S3Client s3;
    private final S3Presigner presigner;
    private final String bucket;

    /** The configured bucket; nothing is asked before the first use. */
    public static S3Storage of(S3Config config) {
        String bucket = config.bucket().orElseThrow(() -> new StorageUnavailable("S3_BUCKET is not set", null));
        return new S3Storage(S3Clients.client(config), S3Clients.presigner(config), bucket);
    }

    S3Storage(S3Client s3, S3Presigner presigner, String bucket) {
        this.s3 = s3;
        this.presigner = presigner;
        this.bucket = bucket;
    }

    @Override
    public void open(CompanyId company) {
        asked(
                "open the part of a company",
                () -> s3.putObject(put -> put.bucket(bucket).key(prefix(company) + MARK), RequestBody.empty()));
    }

    @Override
    public boolean close(CompanyId company) {
        return asked("close the part of a company", () -> {
            var held = s3.listObjectsV2(
                    list -> list.bucket(bucket).prefix(prefix(company)).maxKeys(2));
            boolean empty =
                    held.contents().stream().allMatch(object -> object.key().equals(prefix(company) + MARK));
            if (empty) {
                s3.deleteObject(delete -> delete.bucket(bucket).key(prefix(company) + MARK));
            }
            return empty;
        });
    }

    @Override
    public void put(ObjectRef object, InputStream content) {
        try (PutDown put = PutDown.of(content)) {
            asked(
                    "keep an object",
                    () -> s3.putObject(
                            to -> to.bucket(bucket)
                                    .key(object.key())
                                    .contentType(ANY_TYPE)
                                    .contentMD5(put.md5()),
                            RequestBody.fromContentProvider(put::fromStart, put.bytes(), ANY_TYPE)));
        }
    }

    @Override
    public Optional<Content> read(ObjectRef object) {
        return asked("read an object", () -> {
            try {
                var found = s3.getObject(get -> get.bucket(bucket).key(object.key()));
                return Optional.of(new Content(found, found.response().contentLength()));
            } catch (S3Exception e) {
                if (isAbsent(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    @Override
    public void delete(ObjectRef object) {
        asked(
                "delete an object",
                () -> s3.deleteObject(delete -> delete.bucket(bucket).key(object.key())));
    }

    @Override
    public List<Found> list(CompanyId company, UUID after, int limit) {
        String prefix = prefix(company);
        List<Found> found = new ArrayList<>();
        // The mark sorts before every id.
        String start = prefix + (after == null ? MARK : after);
        boolean more = true;
        while (more && found.size() < limit) {
            var page = page(prefix, start, limit - found.size());
            for (S3Object object : page.contents()) {
                found(object, prefix).ifPresent(found::add);
                start = object.key();
            }
            more = Boolean.TRUE.equals(page.isTruncated()) && !page.contents().isEmpty();
        }
        return found;
    }

    @Override
    public URI link(ObjectRef object, Download as, Instant until) {
        Duration open = Duration.between(Instant.now(), until);
        if (open.compareTo(LONGEST_LINK) > 0) {
            throw new StorageUnavailable("S3 signs addresses for " + LONGEST_LINK + " at most, not for " + open, null);
        }
        var signed = presigner.presignGetObject(presign -> presign.signatureDuration(open)
                .getObjectRequest(get -> get.bucket(bucket)
                        .key(object.key())
                        .responseContentType(as.type())
                        .responseContentDisposition(as.disposition())));
        return URI.create(signed.url().toString());
    }

    @Override
    public void forgetBrokenOff(Instant before) {
        // The server keeps nothing of a put that was cut off: we send each object in one piece.
    }

    private static String prefix(CompanyId company) {
        return company.value() + "/";
    }

    private ListObjectsV2Response page(String prefix, String start, int limit) {
        return asked(
                "list the objects of a company",
                () -> s3.listObjectsV2(list ->
                        list.bucket(bucket).prefix(prefix).startAfter(start).maxKeys(limit)));
    }

    // What others have put there is none of ours.
    private static Optional<Found> found(S3Object object, String prefix) {
        return ObjectRef.id(object.key().substring(prefix.length()))
                .map(id -> new Found(id, object.size(), object.lastModified()));
    }

    // A bucket that is not there is no missing object.
    private static boolean isAbsent(S3Exception e) {
        return e.statusCode() == 404 && !"NoSuchBucket".equals(code(e));
    }

    private static <T> T asked(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (S3Exception e) {
            String told = "the S3 server refused to " + what + ": " + e.statusCode() + " " + code(e);
            throw e.statusCode() == 507 || FULL.contains(code(e))
                    ? new StorageFull(told, e)
                    : new StorageUnavailable(told, e);
        } catch (SdkClientException e) {
            throw new StorageUnavailable("the S3 server could not be asked to " + what, e);
        }
    }

    private static String code(S3Exception e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null ? "" : String.valueOf(details.errorCode());
    }
}
