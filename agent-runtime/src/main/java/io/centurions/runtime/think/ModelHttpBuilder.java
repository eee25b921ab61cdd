package io.centurions.runtime.think;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Provider;
import java.time.Duration;

/** Gives langchain4j our way to a provider, for one company. What it says about connecting is ours to say. */
final class ModelHttpBuilder implements HttpClientBuilder {

    private final Provider provider;
    private final CompanyId company;
    private final Duration limit;
    private Duration connectTimeout;
    private Duration readTimeout;

    ModelHttpBuilder(Provider provider, CompanyId company, Duration limit) {
        this.provider = provider;
        this.company = company;
        this.limit = limit;
    }

    @Override
    public Duration connectTimeout() {
        return connectTimeout;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration given) {
        connectTimeout = given;
        return this;
    }

    @Override
    public Duration readTimeout() {
        return readTimeout;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration given) {
        readTimeout = given;
        return this;
    }

    @Override
    public HttpClient build() {
        return new ModelHttp(provider, company, limit, readTimeout);
    }
}
