package io.centurions.platform.providers;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Guarded.Done;
import io.centurions.platform.providers.Guarded.Held;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One provider as its client sees it. Each company has places and a breaker of its own, so that one whose calls hang or fail holds
 * back nobody else. An account that the provider has limited is left alone for as long as it asked. Blocks the calling virtual
 * thread and throws nothing of the network; to be called outside any transaction.
 */
public final class Provider {

    private static final Logger LOG = Logger.getLogger(Provider.class);
    private static final Duration TIDY_EVERY = Duration.ofMinutes(1);

    private final String name;
    private final ProvidersConfig.Limits limits;
    private final Duration forgetAfter;
    private final Tools tools;
    private final Calls calls;
    private final Slots everybodys;
    private final Map<CompanyId, Line> lines = new ConcurrentHashMap<>();
    private final Rests rests;
    private final AtomicLong tidiedAt = new AtomicLong(System.nanoTime());

    /** What all providers of a process share. */
    record Tools(Wire wire, Repeat repeat, Map<String, Rests> rests) {

        /** What the provider of that name has limited, by whichever way we came. */
        Rests restsAt(String provider) {
            return rests.computeIfAbsent(provider, name -> new Rests());
        }
    }

    Provider(String name, ProvidersConfig config, Tools tools, Calls calls) {
        this.name = name;
        this.limits = config.limits().get(name);
        this.forgetAfter = config.forgetAfter();
        this.tools = tools;
        this.calls = calls;
        this.rests = tools.restsAt(name);
        this.everybodys = new Slots(limits.atOnce(), limits.atOnce());
        calls.show(lines, rests);
    }

    /** Makes the exchange, or says that it was not made. Only a {@link Request#repeated() repeatable} one is made more than once. */
    public Exchange exchange(CompanyId company, Request request) {
        return request.repeatable()
                ? tools.repeat().exchange(request, limit -> once(company, request, limit))
                : once(company, request, request.patience());
    }

    /** Makes the exchange without anybody waiting for it; one that finds no place is dropped. */
    public CompletableFuture<Exchange> tell(CompanyId company, Request request) {
        var end = new CompletableFuture<Exchange>();
        Thread.ofVirtual().name(name + "-tell").start(() -> {
            try {
                end.complete(exchange(company, request));
            } catch (RuntimeException | Error failure) {
                end.completeExceptionally(failure);
            }
        });
        return end;
    }

    /**
     * Makes any other call under the same limits.
     *
     * @param failed which ends count against the provider's health
     */
    public <T> Guarded<T> run(CompanyId company, Supplier<T> call, Predicate<T> failed) {
        Guarded<T> end = line(company).run(() -> calls.timed(call), failed);
        calls.ended(
                switch (end) {
                    case Done<T>(T value) -> failed.test(value) ? "failed" : "answered";
                    case Held<T> held -> held.reason();
                });
        return end;
    }

    /** Companies that have a line now. */
    int lines() {
        return lines.size();
    }

    /** Accounts that it counts and that are remembered as limited now or before. */
    int limited() {
        return rests.size();
    }

    /** Forgets the lines that nobody used for so long, and the limits that are over. */
    void tidy(Duration unused) {
        // All of them: the one that counts may not be asked any more, while accounts come by another way.
        tools.rests().values().forEach(counted -> counted.tidy(System.nanoTime()));
        lines.forEach((company, line) -> {
            if (line.isIdle(unused)) {
                lines.computeIfPresent(company, (id, same) -> {
                    if (!same.isIdle(unused)) {
                        return same;
                    }
                    calls.forget(id);
                    return null;
                });
            }
        });
    }

    private Exchange once(CompanyId company, Request request, Duration limit) {
        Exchange end =
                switch (guarded(company, request, limit)) {
                    case Done<Exchange>(Exchange exchange) -> exchange;
                    case Held<Exchange>(String reason, Duration after) -> new Exchange.NotSent(reason, after);
                };
        calls.ended(end);
        return end;
    }

    // Before the line: what is left alone takes no place, and is no try of a breaker.
    private Guarded<Exchange> guarded(CompanyId company, Request request, Duration limit) {
        Duration rest = request.account() == null
                ? Duration.ZERO
                : counting(request.account()).left(request.account().key(), System.nanoTime());
        return rest.isZero()
                ? line(company)
                        .run(() -> calls.timed(() -> heeding(request, limit)), end -> request.showsTrouble(end, limit))
                : new Held<>("account_limited", rest);
    }

    private Exchange heeding(Request request, Duration limit) {
        Exchange end = tools.wire().exchange(request, limit);
        if (request.account() != null && end instanceof Exchange.Answered answered) {
            Duration wait = request.account().asks().apply(answered);
            counting(request.account()).ask(request.account().key(), wait, System.nanoTime());
        }
        return end;
    }

    private Rests counting(Account account) {
        return account.countedBy() == null ? rests : tools.restsAt(account.countedBy());
    }

    private Line line(CompanyId company) {
        tidyNowAndThen();
        return lines.compute(company, (id, known) -> known == null ? newLine(id) : known.used());
    }

    private Line newLine(CompanyId company) {
        return new Line(limits, everybodys, (before, now) -> changed(company, before, now));
    }

    private void changed(CompanyId company, CircuitBreakerState before, CircuitBreakerState now) {
        Line line = lines.get(company);
        if (line != null) {
            calls.show(company, line);
        }
        if (now == CircuitBreakerState.CLOSED) {
            LOG.infof("calls to %s work again company_id=%s", name, company);
        } else if (before == CircuitBreakerState.CLOSED) {
            LOG.warnf(
                    "calls to %s fail, from now on one is tried every %d ms company_id=%s; runbook provider-breaker",
                    name, limits.rest().toMillis(), company);
        }
    }

    private void tidyNowAndThen() {
        long last = tidiedAt.get();
        long now = System.nanoTime();
        if (now - last > TIDY_EVERY.toNanos() && tidiedAt.compareAndSet(last, now)) {
            tidy(forgetAfter);
        }
    }
}
