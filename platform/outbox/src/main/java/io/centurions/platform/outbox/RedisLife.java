package io.centurions.platform.outbox;

import io.centurions.contracts.EventTypes;
import io.centurions.contracts.Streams;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Tells one life of Redis from the next. A life ends when its key is gone ({@code FLUSHALL}, a lost volume, another
 * server), when the server is another process than the one that began it (a restart or a failover may have lost the last
 * second), or when something else stands where a stream was: what the stream held is lost. Whoever notices first begins the
 * next life; all others find it begun.
 */
@ApplicationScoped
public class RedisLife {

    /** Holds the life's id and the run id of the server that began it. */
    public static final String KEY = "centurions:generation";

    /** There for a minute after something else was taken away from a stream's place: so often may that end a life. */
    public static final String MENDED = "centurions:mended";

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
            local current, strange, waiting = life(KEYS[1]), {}, {}
            for i = 3, #ARGV do waiting[ARGV[i]] = current == ARGV[2] end
            for i = 3, #KEYS do
                local kind = redis.call('TYPE', KEYS[i]).ok
                local fine = kind == 'stream' or kind == 'none'
                if fine and waiting[KEYS[i]] then
                    -- Gone before it was mended: the stream is lost all the same. What was finished of a new one in this life would
                    -- pass for what was lost, so that its place is held until the life may end.
                    redis.call('UNLINK', KEYS[i])
                    redis.call('SET', KEYS[i], '')
                    fine = false
                end
                if not fine then strange[#strange + 1] = KEYS[i] end
            end
            local rest = redis.call('PTTL', KEYS[2])
            -- Beyond a minute it is not ours: it would keep the key from being mended for as long as somebody has set.
            local mends = #strange > 0 and (rest <= 0 or rest > 60000)
            if mends then
                redis.call('UNLINK', unpack(strange))
                redis.call('SET', KEYS[2], '', 'EX', 60)
            end
            if mends or not current then
                -- A full Redis refuses to grow, but not in a script that has begun to write; without a life nothing would be trimmed.
                redis.call('DEL', KEYS[1])
                redis.call('SET', KEYS[1], ARGV[1] .. ':' .. server())
                current = ARGV[1]
            end
            return { current, mends and 1 or 0, strange }
            """;
    private static final List<String> KEYS = Stream.concat(
                    Stream.of(KEY, MENDED),
                    EventTypes.all().stream()
                            .map(EventTypes.Entry::type)
                            .distinct()
                            .map(Streams::key))
            .toList();
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ReactiveRedisDataSource redis;
    private volatile Seen last = new Seen(new UUID(0, 0), List.of(), false);

    RedisLife(ReactiveRedisDataSource redis) {
        this.redis = redis;
    }

    /**
     * What a look has found.
     *
     * @param id      the life that Redis is in
     * @param strange keys that should be streams and hold something else
     * @param mended  whether this look took them away, and so began this life
     */
    public record Seen(UUID id, List<String> strange, boolean mended) {}

    /**
     * The life that Redis is in; begins one when there is none. A strange key that was seen at the last look, and could not be
     * mended yet, stays one until it is, also when it goes away by itself. Throws when Redis is away.
     */
    Seen look() {
        List<String> arguments = new ArrayList<>(List.of(LOOK, String.valueOf(KEYS.size())));
        arguments.addAll(KEYS);
        arguments.add(UUID.randomUUID().toString());
        arguments.add(last.id().toString());
        if (!last.mended()) {
            arguments.addAll(last.strange());
        }
        Response seen = RedisAnswer.of(
                redis, connection -> connection.execute(Command.EVAL, arguments.toArray(String[]::new)), PATIENCE);
        List<String> strange = new ArrayList<>();
        seen.get(2).forEach(key -> strange.add(key.toString()));
        last = new Seen(
                UUID.fromString(seen.get(0).toString()), strange, seen.get(1).toBoolean());
        return last;
    }
}
