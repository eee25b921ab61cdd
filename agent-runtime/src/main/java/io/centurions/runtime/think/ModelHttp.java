package io.centurions.runtime.think;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Exchange;
import io.centurions.platform.providers.Provider;
import io.centurions.platform.providers.Request;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/** One company's calls of a model, as langchain4j makes them, under the limits that every provider's calls have. */
final class ModelHttp implements HttpClient {

    private final Provider provider;
    private final CompanyId company;
    private final Duration limit;
    private final Duration patience;

    /**
     * @param limit    what such a call takes at most
     * @param patience how much of that there is
     */
    ModelHttp(Provider provider, CompanyId company, Duration limit, Duration patience) {
        this.provider = provider;
        this.company = company;
        this.limit = limit;
        this.patience = patience;
    }

    /** @throws RuntimeException when there is no good answer: {@link NotNow}, or as langchain4j tells them apart */
    @Override
    public SuccessfulHttpResponse execute(HttpRequest asked) {
        return switch (provider.exchange(
                company, Request.of(posting(asked), limit).atMost(patience))) {
            case Exchange.Answered answered
            when answered.ok() ->
                SuccessfulHttpResponse.builder()
                        .statusCode(answered.status())
                        .headers(answered.headers().map())
                        .body(answered.text())
                        .build();
            case Exchange.Answered answered ->
                throw NotNow.saidBy(answered)
                        .map(RuntimeException.class::cast)
                        .orElseGet(() -> new HttpException(answered.status(), answered.text()));
            case Exchange.NotSent notSent -> throw new NotAsked(notSent);
            case Exchange.Lost(String reason) -> throw new TimeoutException("no whole answer: " + reason);
        };
    }

    /** Answers are short and come whole. */
    @Override
    public void execute(HttpRequest asked, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("models are not asked for streams");
    }

    private static java.net.http.HttpRequest posting(HttpRequest asked) {
        var request = java.net.http.HttpRequest.newBuilder(URI.create(asked.url()))
                .method(
                        asked.method().name(),
                        asked.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(asked.body()));
        asked.headers().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        return request.build();
    }
}
