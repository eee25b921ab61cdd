package io.centurions.backoffice.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.contracts.Uuid7;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
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
        UUID fresh = Uuid7.next();
        if (key == null || key.isBlank()) {
            return new Claim(fresh, true);
        }
        checkLength(key);
        byte[] hash = hash(request);
        UUID company = tx.company().value();
        if (tx.execute(CLAIM, company, operation, key, Buffer.buffer(hash), fresh) == 1) {
            return new Claim(fresh, true);
        }
        var first = tx.first(FIRST, company, operation, key).orElseThrow();
        if (!Arrays.equals(first.getBuffer("request_hash").getBytes(), hash)) {
            throw reused();
        }
        return new Claim(first.getUUID("resource_id"), false);
    }

    /** What stands for a request when two are compared. */
    public byte[] hash(Object request) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(request));
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException(
                    "cannot hash a " + request.getClass().getSimpleName(), e);
        }
    }

    /** Refuses keys that could not be stored. */
    public static void checkLength(String key) {
        if (key.length() > 200) {
            throw Problem.badRequest("idempotency-key-invalid", "Idempotency-Key has more than 200 characters");
        }
    }

    /** The key stands for another request already. */
    public static RuntimeException reused() {
        return Problem.conflict("idempotency-key-reused", "this Idempotency-Key was used for another request");
    }
}
