package io.centurions.platform.providers;

import io.centurions.platform.providers.Exchange.Answered;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What is asked of a provider.
 *
 * @param http       the request itself
 * @param limit      for all of it: waiting for the connection, the answer's headers and its body to the end, and every repeat
 * @param patience   how much of that whoever asks has
 * @param answerMost bytes of an answer that are kept; a longer one ends the exchange
 * @param repeatable true when asking twice does what asking once does
 * @param trouble    which answers count against the provider's health
 * @param account    whom the provider limits when it has had enough; null when nobody is known
 */
public record Request(
        HttpRequest http,
        Duration limit,
        Duration patience,
        int answerMost,
        boolean repeatable,
        Predicate<Answered> trouble,
        Account account) {

    private static final int USUAL_ANSWER_MOST = 2 * 1024 * 1024;

    /** A request that is made once, with the usual size of an answer; any 5xx is the provider's trouble. */
    public static Request of(HttpRequest http, Duration limit) {
        return new Request(http, limit, limit, USUAL_ANSWER_MOST, false, answered -> answered.status() >= 500, null);
    }

    /** The same, keeping at most so many bytes of the answer. */
    public Request keeping(int bytes) {
        return new Request(http, limit, patience, bytes, repeatable, trouble, account);
    }

    /**
     * The same, given up sooner by whoever has no more time than that. A call that had less than nine tenths of its
     * limit says nothing of the provider when it is cut: a slow one that is well might have answered in what was taken from it. So a
     * limit has to be one that calls are usually given, or a provider that hangs is never found out.
     */
    public Request atMost(Duration time) {
        Duration less = time.compareTo(limit) < 0 ? time : limit;
        return new Request(http, limit, less, answerMost, repeatable, trouble, account);
    }

    /** The same, repeated after a failure while its limit allows: only for what changes nothing or is the same done twice. */
    public Request repeated() {
        return new Request(http, limit, patience, answerMost, true, trouble, account);
    }

    /** The same, with another judgement of which answers speak against the provider. */
    public Request troubledBy(Predicate<Answered> answers) {
        return new Request(http, limit, patience, answerMost, repeatable, answers, account);
    }

    /**
     * The same, in the name of an account: while the provider asks us to wait ({@code Retry-After} of a refusal), no other call of the
     * same account is made either.
     *
     * @param key what tells accounts of this provider apart, by value
     */
    public Request by(Object key) {
        return by(key, Account::byHeader);
    }

    /** The same, where the provider says in words of its own how long the account is to be left alone; zero for not at all. */
    public Request by(Object key, Function<Answered, Duration> asks) {
        return new Request(http, limit, patience, answerMost, repeatable, trouble, new Account(key, asks, null));
    }

    /**
     * The same, for an account that has several ways to its provider, with places and a breaker each: what is asked of one binds all that
     * say the same here.
     *
     * @param provider the name of one of them, which shows how many accounts rest
     */
    public Request countedBy(String provider) {
        Account known = Objects.requireNonNull(account, "whose calls are counted is said before by whom");
        Account counted = new Account(known.key(), known.asks(), provider);
        return new Request(http, limit, patience, answerMost, repeatable, trouble, counted);
    }

    /**
     * Whether this end counts against the provider: what it refuses or throttles does not, nor what we broke off.
     *
     * @param given how long the call was given
     */
    boolean showsTrouble(Exchange exchange, Duration given) {
        return switch (exchange) {
            case Answered answered -> trouble.test(answered);
            case Exchange.NotSent unreachable -> true;
            case Exchange.Lost(String reason) ->
                reason.equals(Wire.CONNECTION_LOST)
                        || reason.equals(Wire.TIMEOUT) && given.multipliedBy(10).compareTo(limit.multipliedBy(9)) >= 0;
        };
    }
}
