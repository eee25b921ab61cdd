package io.centurions.platform.providers;

import io.centurions.platform.providers.Exchange.Answered;
import io.centurions.platform.providers.Exchange.Lost;
import io.centurions.platform.providers.Exchange.NotSent;
import io.centurions.platform.tenancy.Waits;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one HTTP client of a process, blocking the calling virtual thread. Redirects are not followed. HTTP/1.1: a connection for
 * each call on its way has no limit of streams, and an upgrade header upsets some servers and proxies.
 */
final class Wire implements AutoCloseable {

    static final String UNREACHABLE = "unreachable";
    static final String TIMEOUT = "timeout";
    static final String TOO_LONG = "answer_too_long";
    static final String CONNECTION_LOST = "connection_lost";

    /** The least wait before a server is tried again that could not be reached. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final String IDLE_CONNECTIONS = "jdk.httpclient.keepalive.timeout";

    /**
     * The client's own work: names are looked up, requests written, answers read. Not on virtual threads: these wait in one line for
     * a core, and behind the work of a process that is busy or cold an answer that has come would be waited for until its call is
     * given up. Bounded, as a client that once gets no thread is dead for good; more than cores, as a look-up of a name blocks.
     */
    private static final int THREADS = 64;

    private final ExecutorService threads = threads();
    private final HttpClient client;

    Wire(Duration connectLimit) {
        // Node and many proxies close an idle connection after 5 s. A call that meets the closing is lost, so we close
        // first.
        if (System.getProperty(IDLE_CONNECTIONS) == null) {
            System.setProperty(IDLE_CONNECTIONS, "4");
        }
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectLimit)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads)
                .build();
    }

    // The client's own limit ends with the headers; this one also covers a body that never comes to its end.
    Exchange exchange(Request request, Duration limit) {
        CompletableFuture<HttpResponse<byte[]>> running =
                client.sendAsync(request.http(), CappedBody.upTo(request.answerMost()));
        try {
            // Of a copy: only an exchange that has not ended can be cancelled.
            return answered(Waits.get(running.copy(), limit));
        } catch (TimeoutException late) {
            running.cancel(true);
            return new Lost(TIMEOUT);
        } catch (InterruptedException interrupted) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            return new Lost("interrupted");
        } catch (ExecutionException failed) {
            return unanswered(failed.getCause());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdown();
    }

    private static ExecutorService threads() {
        var pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("provider-calls-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Answered answered(HttpResponse<byte[]> response) {
        Duration retryAfter = RetryAfter.parse(
                        response.headers().firstValue("Retry-After").orElse(null), Instant.now())
                .orElse(Duration.ZERO);
        return new Answered(response.statusCode(), response.headers(), response.body(), retryAfter);
    }

    private static Exchange unanswered(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof ConnectException
                    || each instanceof UnknownHostException
                    || each instanceof UnresolvedAddressException
                    || each instanceof HttpConnectTimeoutException) {
                return new NotSent(UNREACHABLE, SOON);
            }
        }
        return switch (cause) {
            case HttpTimeoutException late -> new Lost(TIMEOUT);
            case CappedBody.TooLong endless -> new Lost(TOO_LONG);
            case IOException lost -> new Lost(CONNECTION_LOST);
            default -> throw new IllegalStateException("a call failed inside the HTTP client", cause);
        };
    }
}
