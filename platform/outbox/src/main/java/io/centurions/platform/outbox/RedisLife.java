package io.centurions.platform.outbox;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/**
 * Tells one life of Redis from the next. A life ends when its key is gone ({@code FLUSHALL}, a lost volume, another
 * server) or when the server is another process than the one that began it (a restart or a failover may have lost the last
 * second). Whoever notices first begins the next life; all others find it begun.
 */
@ApplicationScoped
public class RedisLife {

    /** Holds the life's id and the run id of the server that began it. */
    public static final String KEY = "centurions:generation";

    /**
     * For scripts that must know atomically in which life they run: {@code life(key)} is its id, or false when that life is
     * over. Where the server does not tell its run id, the key alone decides.
     */
    public static final String LUA = """
            local function server()
                local info = redis.pcall('INFO', 'server')
                return type(info) == 'string' and string.match(info, 'run_id:(%x+)') or ''
            end
            local function life(key)
                local value = redis.pcall('GET', key)
                if type(value) ~= 'string' then return false end
                local id = string.sub(value, 1, 36)
                -- What is no id is not ours: no life has begun.
                if not string.find(id, '^' .. ('%x'):rep(8) .. ('%-' .. ('%x'):rep(4)):rep(3) .. '%-' .. ('%x'):rep(12) .. '$') then
                    return false
                end
                local begun, now = string.sub(value, 38), server()
                if begun ~= '' and now ~= '' and begun ~= now then return false end
                return id
            end
            """;

    private static final String LOOK = LUA + """
            local current = life(KEYS[1])
            if current then return current end
            -- A full Redis refuses to grow, but not in a script that has begun to write; without a life nothing would be trimmed.
            redis.call('DEL', KEYS[1])
            redis.call('SET', KEYS[1], ARGV[1] .. ':' .. server())
            return ARGV[1]
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ReactiveRedisDataSource redis;

    RedisLife(ReactiveRedisDataSource redis) {
        this.redis = redis;
    }

    /** The life that Redis is in; begins one when there is none. Throws when Redis is away. */
    UUID look() {
        Response life = RedisAnswer.of(
                redis,
                connection -> connection.execute(
                        Command.EVAL, LOOK, "1", KEY, UUID.randomUUID().toString()),
                PATIENCE);
        return UUID.fromString(life.toString());
    }
}
