package io.centurions.backoffice.form;

import io.centurions.platform.outbox.RedisAnswer;
import io.centurions.platform.problem.Problem;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Counts in Redis what comes by a form from one address in a minute, for all replicas together. Where Redis does
 * not answer each replica counts for itself, so that an address may send so much to each of them.
 */
@ApplicationScoped
class SenderLimit {

    private static final Logger LOG = Logger.getLogger(SenderLimit.class);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(300);
    private static final String SECONDS_KEPT = "120";
    private static final int NETWORK_BYTES = 8;

    private static final String COUNT = """
            local count = redis.call('INCR', KEYS[1])
            if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
            return count
            """;

    private final ReactiveRedisDataSource redis;
    private final Clock clock;
    private final CountAlone alone = new CountAlone();

    SenderLimit(ReactiveRedisDataSource redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** 429 beyond the limit; the wait is what is left of the minute. */
    void check(UUID form, String address, int perMinute) {
        long second = clock.instant().getEpochSecond();
        if (count(key(form, address, second / 60), second / 60) > perMinute) {
            throw Problem.tooMany("too many leads from this address", Duration.ofSeconds(60 - second % 60));
        }
    }

    private long count(String key, long minute) {
        try {
            return RedisAnswer.of(
                            redis,
                            connection -> connection.execute("EVAL", COUNT, "1", key, SECONDS_KEPT),
                            LONGEST_WAIT)
                    .toLong();
        } catch (RuntimeException e) {
            LOG.infof("senders of forms are counted by this replica alone: %s", e.getMessage());
            return alone.count(key, minute);
        }
    }

    // An address is a person's: only what it hashes to is kept, and for two minutes.
    private static String key(UUID form, String address, long minute) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((form + " " + sender(address)).getBytes(StandardCharsets.UTF_8));
            return "centurions:form-senders:" + minute + ":" + HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    // Whoever has an IPv6 address has a network of them, and may use another for each lead.
    static String sender(String address) {
        if (address == null || !address.contains(":")) {
            return String.valueOf(address);
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(bytes, 0, Math.min(NETWORK_BYTES, bytes.length));
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
