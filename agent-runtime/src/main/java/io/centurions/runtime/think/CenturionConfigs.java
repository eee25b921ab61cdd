package io.centurions.runtime.think;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The configuration that is published now, asked at each turn. Only its reading is remembered, by Centurion and version, so a
 * new publication counts from the next turn on and needs no message to be heard.
 */
@ApplicationScoped
public class CenturionConfigs {

    private static final String PUBLISHED = """
            SELECT g.id, g.published_version, (g.published)::text AS published
              FROM core.channel_instances i
              JOIN core.centurion_configs g ON g.company_id = i.company_id AND g.id = i.centurion_id
             WHERE i.company_id = $1 AND i.id = $2 AND g.published IS NOT NULL
            """;

    private final ObjectMapper json;
    private final Map<UUID, CenturionConfig> read = new ConcurrentHashMap<>();

    CenturionConfigs(ObjectMapper json) {
        this.json = json;
    }

    /** Empty when the instance has no Centurion, or one that was never published. */
    public Optional<CenturionConfig> published(Tx tx, InstanceId instance) {
        return tx.first(PUBLISHED, tx.company().value(), instance.value()).map(this::config);
    }

    /** What somebody else read of a Centurion, in a statement of its own. */
    public CenturionConfig of(UUID centurion, int version, String published) {
        return read.compute(
                centurion,
                (id, known) -> known != null && known.version() == version ? known : read(version, published));
    }

    private CenturionConfig config(Row row) {
        return of(row.getUUID("id"), row.getInteger("published_version"), row.getString("published"));
    }

    private CenturionConfig read(int version, String published) {
        try {
            return ReadCenturionConfig.read(version, json.readTree(published));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a jsonb column held something that is not JSON", impossible);
        }
    }
}
