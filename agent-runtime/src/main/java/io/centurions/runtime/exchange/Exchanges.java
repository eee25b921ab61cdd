package io.centurions.runtime.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs exchanges on the calling virtual thread. Redirects are not followed; the limit holds for headers and body together. */
@ApplicationScoped
public class Exchanges {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public Exchange get(URI address, Map<String, String> headers, Duration limit) {
        return run(request(address, headers).GET().build(), limit);
    }

    public Exchange post(URI address, Map<String, String> headers, byte[] body, Duration limit) {
        return run(
                request(address, headers)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                limit);
    }

    private static HttpRequest.Builder request(URI address, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        headers.forEach(request::header);
        return request;
    }

    // The client's own limit ends with the headers, so the whole exchange is timed here.
    private Exchange run(HttpRequest request, Duration limit) {
        CompletableFuture<HttpResponse<byte[]>> running =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> response = running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Exchange.Answered(response.statusCode(), retryAfter(response), response.body());
        } catch (TimeoutException late) {
            running.cancel(true);
            return new Exchange.Unanswered("no answer in " + limit.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            return new Exchange.Unanswered("interrupted");
        } catch (ExecutionException failed) {
            return failure(failed.getCause());
        }
    }

    private static Exchange failure(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof ConnectException
                    || each instanceof UnknownHostException
                    || each instanceof UnresolvedAddressException
                    || each instanceof HttpConnectTimeoutException) {
                return new Exchange.NotSent(each.getClass().getSimpleName());
            }
        }
        return new Exchange.Unanswered(cause.getClass().getSimpleName());
    }

    private static OptionalLong retryAfter(HttpResponse<?> response) {
        String given = response.headers().firstValue("retry-after").orElse("");
        return given.matches("\\d{1,6}") ? OptionalLong.of(Long.parseLong(given)) : OptionalLong.empty();
    }
}
