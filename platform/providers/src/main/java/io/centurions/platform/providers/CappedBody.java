package io.centurions.platform.providers;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Keeps a body in memory up to a size; one that is longer, or says that it will be, ends the exchange with {@link TooLong}. */
final class CappedBody implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
    private final int most;
    private final long declared;
    private Subscription subscription;
    private long seen;

    private CappedBody(int most, long declared) {
        this.most = most;
        this.declared = declared;
    }

    static BodyHandler<byte[]> upTo(int most) {
        return head -> new CappedBody(
                most, head.headers().firstValueAsLong("Content-Length").orElse(0));
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        if (declared > most) {
            subscription.cancel();
            whole.onError(new TooLong(most));
        } else {
            whole.onSubscribe(given);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
        seen += part.stream().mapToLong(ByteBuffer::remaining).sum();
        if (seen > most) {
            subscription.cancel();
            whole.onError(new TooLong(most));
        } else {
            whole.onNext(part);
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.onError(failure);
    }

    @Override
    public void onComplete() {
        whole.onComplete();
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole.getBody();
    }

    /** The body goes on after the size that we read. */
    static final class TooLong extends IOException {

        private static final long serialVersionUID = 1L;

        TooLong(int most) {
            super("a body of more than " + most + " bytes");
        }
    }
}
