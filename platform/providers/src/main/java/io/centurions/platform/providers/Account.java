package io.centurions.platform.providers;

import io.centurions.platform.providers.Exchange.Answered;
import java.time.Duration;
import java.util.function.Function;

/**
 * Whom a provider counts calls for, and limits alone: a bot, an instance, a dataset, a token. While it asks for patience with
 * one, no call of that account is made by this process.
 *
 * @param key       compared by value; holds its company, unless companies share the account
 * @param asks      how long an answer wants the account left alone, zero when it says nothing of the kind
 * @param countedBy the provider that counts, where several lead to it; null: the one that is asked
 */
record Account(Object key, Function<Answered, Duration> asks, String countedBy) {

    /** {@code Retry-After} of any refusal: Meta says it with 400, too. */
    static Duration byHeader(Answered answered) {
        return answered.status() >= 400 ? answered.retryAfter() : Duration.ZERO;
    }

    /** Never shows the key, which may be a secret. */
    @Override
    public String toString() {
        return "Account";
    }
}
