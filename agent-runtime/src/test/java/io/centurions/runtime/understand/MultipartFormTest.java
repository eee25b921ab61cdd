package io.centurions.runtime.understand;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** What goes over the wire as a form. */
class MultipartFormTest {

    @Test
    void its_parts_follow_each_other_and_their_length_is_known() {
        byte[] file = {'o', 'i'};

        var body = new MultipartForm("b")
                .field("model", "m")
                .file("file", "voice.ogg", "audio/ogg", file)
                .body();

        String whole = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"voice.ogg\"\r\n"
                + "Content-Type: audio/ogg\r\n\r\noi\r\n--b--\r\n";
        assertThat(body.contentLength()).isEqualTo(whole.length());
        assertThat(said(body)).isEqualTo(whole);
    }

    @Test
    void a_file_is_not_copied() {
        byte[] file = {'o', 'i'};
        var body = new MultipartForm("b")
                .file("file", "voice.ogg", "audio/ogg", file)
                .body();

        file[0] = 'a';

        assertThat(said(body)).contains("\r\n\r\nai\r\n");
    }

    private static String said(Flow.Publisher<ByteBuffer> body) {
        BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
        body.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                text.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer part) {
                text.onNext(List.of(part));
            }

            @Override
            public void onError(Throwable failure) {
                text.onError(failure);
            }

            @Override
            public void onComplete() {
                text.onComplete();
            }
        });
        return text.getBody().toCompletableFuture().join();
    }
}
