package io.centurions.backoffice.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.centurions.contracts.Uuid7;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** Remembers what each keyed POST of a company made, in the transaction that makes it. */
@ApplicationScoped
public class Once {

    // A concurrent twin waits here for the first one's commit, then finds its row.
    private static final String CLAIM = """
            INSERT INTO core.idempotency_keys (company_id, operation, key, request_hash, resource_id)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (company_id, operation, key) DO NOTHING
            """;

    private static final String FIRST = """
            SELECT resource_id, request_hash
              FROM core.idempotency_keys
             WHERE company_id = $1 AND operation = $2 AND key = $3
            """;

    private static final String RELEASE = """
            DELETE FROM core.idempotency_keys
             WHERE company_id = $1 AND operation = $2 AND key = $3 AND resource_id = $4
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
        return keep(tx, keyed, fresh)
                ? new Claim(fresh, true)
                : new Claim(first(tx, keyed).orElseThrow(), false);
    }

    /**
     * What the request made when it came first; empty when it did not, or has no key. For what is done by
     * another service and cannot be part of our transaction: this is asked before, and {@link #keep} says
     * that it is done.
     */
    public Optional<UUID> first(Tx tx, Keyed keyed) {
        if (!isKey(keyed.key())) {
            return Optional.empty();
        }
        var first = tx.first(FIRST, tx.company().value(), keyed.operation(), keyed.key());
        byte[] hash = hash(keyed.request());
        if (first.isPresent()
                && !Arrays.equals(first.get().getBuffer("request_hash").getBytes(), hash)) {
            throw reused();
        }
        return first.map(row -> row.getUUID("resource_id"));
    }

    /** Whether a request came with this key, whatever it asked for. */
    public boolean isKept(Tx tx, String operation, String key) {
        return isKey(key)
                && tx.first(FIRST, tx.company().value(), operation, key).isPresent();
    }

    /** Keeps what the request made; false when that is kept already. */
    public boolean keep(Tx tx, Keyed keyed, UUID made) {
        return !isKey(keyed.key())
                || tx.execute(
                                CLAIM,
                                tx.company().value(),
                                keyed.operation(),
                                keyed.key(),
                                Buffer.buffer(hash(keyed.request())),
                                made)
                        == 1;
    }

    /** Frees the key of a claim whose request was refused, for a mended one; false when it was free. */
    public boolean release(Tx tx, Keyed keyed, UUID claimed) {
        return !isKey(keyed.key())
                || tx.execute(RELEASE, tx.company().value(), keyed.operation(), keyed.key(), claimed) == 1;
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
