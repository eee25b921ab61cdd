package io.centurions.backoffice.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.centurions.contracts.Uuid7;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Remembers what each keyed POST of a company made, in the transaction that makes it. */
@ApplicationScoped
public class Once {

    // A concurrent twin waits here for the first one's commit. What is there then, nobody releases meanwhile.
    private static final String CLAIM = """
            INSERT INTO core.idempotency_keys AS kept (company_id, operation, key, request_hash, resource_id, done)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (company_id, operation, key) DO UPDATE SET done = kept.done
            RETURNING resource_id, request_hash, done, answer::text AS answer
            """;

    // Of two who ask, one may have been refused and have released what the other is told that it was done.
    private static final String END = """
            INSERT INTO core.idempotency_keys AS kept (company_id, operation, key, request_hash, resource_id)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (company_id, operation, key) DO UPDATE SET resource_id = excluded.resource_id, done = true
             WHERE NOT kept.done AND kept.request_hash = excluded.request_hash
            """;

    private static final String ANSWER = """
            UPDATE core.idempotency_keys
               SET answer = $4::text::jsonb
             WHERE company_id = $1 AND operation = $2 AND key = $3
            """;

    private static final String FIRST = """
            SELECT resource_id, request_hash, done
              FROM core.idempotency_keys
             WHERE company_id = $1 AND operation = $2 AND key = $3
            """;

    private static final String RELEASE = """
            DELETE FROM core.idempotency_keys
             WHERE company_id = $1 AND operation = $2 AND key = $3 AND resource_id = $4 AND NOT done
            """;

    private final ObjectMapper json;

    Once(ObjectMapper json) {
        this.json = json;
    }

    /**
     * Decides which thing the request makes.
     *
     * @param key     of the header; null or blank: always a new thing
     * @param request what was asked; another one under the same key is a conflict
     */
    public Claim claim(Tx tx, String operation, String key, Object request) {
        return claim(tx, new Keyed(operation, key, request));
    }

    /** The same. */
    public Claim claim(Tx tx, Keyed keyed) {
        UUID fresh = Uuid7.next();
        return before(tx, keyed, fresh, true)
                .map(row -> new Claim(row.getUUID("resource_id"), false))
                .orElseGet(() -> new Claim(fresh, true));
    }

    /**
     * What the request made when it came first; empty when it did not, was only asked for, or has no key.
     *
     * @throws RuntimeException 409 when the key stands for another request
     */
    public Optional<UUID> first(Tx tx, Keyed keyed) {
        return isKey(keyed.key())
                ? tx.first(FIRST, tx.company().value(), keyed.operation(), keyed.key())
                        .map(row -> same(row, keyed))
                        .filter(row -> row.getBoolean("done"))
                        .map(row -> row.getUUID("resource_id"))
                : Optional.empty();
    }

    /**
     * Does once what fits in this transaction, and keeps its answer for the repeats: for what cannot be
     * looked up when it is asked for again.
     *
     * @throws RuntimeException 409 when the key stands for another request
     */
    public <T> Done<T> answered(Tx tx, Keyed keyed, TypeReference<T> type, Supplier<T> act) {
        var before = before(tx, keyed, Uuid7.next(), true);
        if (before.isPresent()) {
            return new Done<>(read(before.get().getString("answer"), type), false);
        }
        T answer = act.get();
        if (isKey(keyed.key())) {
            String kept = json.valueToTree(answer).toString();
            tx.execute(ANSWER, tx.company().value(), keyed.operation(), keyed.key(), kept);
        }
        return new Done<>(answer, true);
    }

    /**
     * Notes that another service is about to be asked. Whoever repeats what is asked and not done asks again
     * under the same id; {@link #keep} says that it is done, {@link #release} that it was refused.
     *
     * @throws RuntimeException 409 when the key stands for another request
     */
    public Asking ask(Tx tx, Keyed keyed) {
        UUID fresh = Uuid7.next();
        return before(tx, keyed, fresh, false)
                .map(row -> new Asking(row.getUUID("resource_id"), false, row.getBoolean("done")))
                .orElseGet(() -> new Asking(fresh, true, false));
    }

    /** Whether a request came with this key, whatever it asked for. */
    public boolean isKept(Tx tx, String operation, String key) {
        return isKey(key)
                && tx.first(FIRST, tx.company().value(), operation, key).isPresent();
    }

    /** Keeps what the request that was asked has made; false when that is kept already. */
    public boolean keep(Tx tx, Keyed keyed, UUID made) {
        return !isKey(keyed.key())
                || tx.execute(
                                END,
                                tx.company().value(),
                                keyed.operation(),
                                keyed.key(),
                                Buffer.buffer(hash(keyed.request())),
                                made)
                        == 1;
    }

    /** Frees the key of what was asked and refused, for a mended request; false when it is free or done. */
    public boolean release(Tx tx, Keyed keyed, UUID asked) {
        return !isKey(keyed.key())
                || tx.execute(RELEASE, tx.company().value(), keyed.operation(), keyed.key(), asked) == 1;
    }

    // What is kept of the request as it came before; empty: nothing, and from now on this.
    private Optional<Row> before(Tx tx, Keyed keyed, UUID fresh, boolean done) {
        if (!isKey(keyed.key())) {
            return Optional.empty();
        }
        var hash = Buffer.buffer(hash(keyed.request()));
        var kept = tx.first(CLAIM, tx.company().value(), keyed.operation(), keyed.key(), hash, fresh, done)
                .map(row -> same(row, keyed))
                .orElseThrow();
        return Optional.of(kept).filter(row -> !row.getUUID("resource_id").equals(fresh));
    }

    private Row same(Row kept, Keyed keyed) {
        if (!Arrays.equals(kept.getBuffer("request_hash").getBytes(), hash(keyed.request()))) {
            throw reused();
        }
        return kept;
    }

    private <T> T read(String answer, TypeReference<T> type) {
        try {
            return json.readValue(answer, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was kept is no " + type.getType(), e);
        }
    }

    /** What stands for a request when two are compared. */
    public byte[] hash(Object request) {
        try {
            // A map comes in another order after each start of the service.
            byte[] written =
                    json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).writeValueAsBytes(request);
            return MessageDigest.getInstance("SHA-256").digest(written);
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException(
                    "cannot hash a " + request.getClass().getSimpleName(), e);
        }
    }

    /**
     * Whether a request has a key; null and blank are none.
     *
     * @throws RuntimeException 400 for one that could not be stored
     */
    public static boolean isKey(String key) {
        if (key == null || key.isBlank()) {
            return false;
        }
        if (key.length() > 200) {
            throw Problem.badRequest("idempotency-key-invalid", "Idempotency-Key has more than 200 characters");
        }
        return true;
    }

    /** The key stands for another request already. */
    public static RuntimeException reused() {
        return Problem.conflict("idempotency-key-reused", "this Idempotency-Key was used for another request");
    }
}
