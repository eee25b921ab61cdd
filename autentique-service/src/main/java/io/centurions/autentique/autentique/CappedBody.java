package io.centurions.autentique.autentique;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Keeps a body in memory up to a size; one that is longer ends the exchange with {@link TooLong}. */
final class CappedBody implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
    private final int most;
    private Subscription subscription;
    private long seen;

    private CappedBody(int most) {
        this.most = most;
    }

    static BodyHandler<byte[]> upTo(int most) {
        return head -> new CappedBody(most);
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        whole.onSubscribe(given);
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

    /** The body went on after the size that we read. */
    static final class TooLong extends IOException {

        private static final long serialVersionUID = 1L;

        TooLong(int most) {
            super("a body of more than " + most + " bytes");
        }
    }
}
