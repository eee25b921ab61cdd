package io.centurions.platform.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.storage.Download;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.storage.StorageContract;
import io.centurions.platform.storage.StorageFull;
import io.centurions.platform.storage.StorageUnavailable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The contract against a real S3-compatible server, and what only S3 has. */
class S3StorageIT extends StorageContract {

    private static final String BUCKET = "centurions";
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    private static S3Client s3;
    private static Storage storage;

    @BeforeAll
    static void a_bucket_is_there() {
        s3 = S3Clients.client(Settings.of(BUCKET));
        s3.createBucket(create -> create.bucket(BUCKET));
        storage = S3Storage.of(Settings.of(BUCKET));
    }

    @Override
    protected Storage storage() {
        return storage;
    }

    @Test
    void a_request_that_is_signed_with_another_secret_is_refused() {
        Storage stranger = S3Storage.of(Settings.of(BUCKET, "a-secret-that-the-server-does-not-know"));
        var object = put("not for strangers");

        assertThatThrownBy(() -> stranger.read(object))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("403");
        assertThatThrownBy(() -> stranger.put(object, content("x"))).isInstanceOf(StorageUnavailable.class);
        assertThat(text(object)).isEqualTo("not for strangers");
    }

    @Test
    void an_address_leads_to_the_object_under_its_name_without_any_key() throws Exception {
        var object = put("por link");

        URI address = storage.link(
                object, new Download("ação.txt", "text/plain"), Instant.now().plusSeconds(60));
        HttpResponse<String> answer = get(address);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("por link");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment; filename=\"a__o.txt\"");
    }

    @Test
    void an_address_leads_nowhere_else_and_cannot_be_changed() throws Exception {
        var object = put("meu");
        var foreign = put("deles");
        String address = storage.link(
                        object,
                        new Download("a.txt", "text/plain"),
                        Instant.now().plusSeconds(60))
                .toString();

        assertThat(get(URI.create(address.replace(
                                object.id().toString(), foreign.id().toString())))
                        .statusCode())
                .isEqualTo(403);
        assertThat(get(URI.create(address.replace("X-Amz-Expires=", "X-Amz-Expires=9")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(get(URI.create(address.replace("attachment", "inline"))).statusCode())
                .isEqualTo(403);
        assertThat(get(URI.create(address.substring(0, address.indexOf('?')))).statusCode())
                .isEqualTo(403);
    }

    @Test
    void an_address_expires() {
        var object = put("até já");
        URI address = storage.link(
                object, new Download("a.txt", "text/plain"), Instant.now().plusSeconds(2));

        await().atMost(Duration.ofSeconds(20)).until(() -> get(address).statusCode() == 403);
    }

    @Test
    void what_others_have_put_below_a_company_is_no_object_of_ours() {
        var ours = put("nosso");
        for (String name : new String[] {"0-notes.txt", "zz/deep", ".hidden"}) {
            s3.putObject(to -> to.bucket(BUCKET).key(company + "/" + name), RequestBody.fromString("x"));
        }

        assertThat(storage.list(company, null, 2))
                .extracting(found -> found.id())
                .containsExactly(ours.id());
    }

    @Test
    void a_part_in_which_others_have_put_something_is_not_closed() {
        storage.open(company);
        s3.putObject(to -> to.bucket(BUCKET).key(company + "/deeper/.company"), RequestBody.fromString("x"));

        assertThat(storage.close(company)).isFalse();
    }

    @Test
    void an_address_for_longer_than_S3_signs_one_is_refused_in_words() {
        var object = put("longe");
        Instant tooLate = Instant.now().plus(Duration.ofDays(8));

        assertThatThrownBy(() -> storage.link(object, new Download("a.txt", "text/plain"), tooLate))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("PT168H");
    }

    @Test
    void a_bucket_that_is_not_there_is_no_missing_object() {
        Storage elsewhere = S3Storage.of(Settings.of("nobody-made-this"));

        assertThatThrownBy(() -> elsewhere.read(anObject())).isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> elsewhere.open(company))
                .isInstanceOf(StorageUnavailable.class)
                .isNotInstanceOf(StorageFull.class);
    }

    @Test
    void a_server_that_does_not_answer_is_unavailable() {
        Storage away = S3Storage.of(Settings.nowhere());

        assertThatThrownBy(() -> away.put(anObject(), content("x")))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("could not be asked");
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        return BROWSER.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
}
