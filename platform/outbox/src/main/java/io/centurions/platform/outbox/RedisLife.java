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
 * second), or when a stream is gone: something else stands in its place, the groups that it had are no more, or one of them
 * stands beyond its end and reads nothing. Whoever notices first begins the next life; all others find it begun.
 */
@ApplicationScoped
public class RedisLife {

    /** Holds the life's id and the run id of the server that began it. */
    public static final String KEY = "centurions:generation";

    /** There for a minute after a lost stream has ended a life: so often may one. */
    public static final String MENDED = "centurions:mended";

    /** Before a stream's key: holds the life in which it had groups, or was overwritten. Of an earlier life it says nothing. */
    public static final String KNOWN = "centurions:known:";

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

    /**
     * {@link #LUA}, and for scripts that must not take a lost stream for a new one: {@code lost(stream, current)} when it had
     * groups in this life, or something else stood in its place, and it has no group now or one that is {@code ahead(stream, group)}:
     * set by hand beyond what was ever written, so that nothing is read for as long as that time has not come.
     */
    public static final String LOST_LUA = LUA + "local KNOWN = '" + KNOWN + "'\n" + """
            local function overwritten(stream)
                local kind = redis.call('TYPE', stream).ok
                return kind ~= 'stream' and kind ~= 'none'
            end
            local function named(flat)
                local fields = {}
                for i = 1, #flat, 2 do fields[flat[i]] = flat[i + 1] end
                return fields
            end
            local function groups_of(stream)
                local groups = redis.pcall('XINFO', 'GROUPS', stream)
                local all = {}
                for _, group in ipairs(groups.err and {} or groups) do all[#all + 1] = named(group) end
                return all
            end
            local function has_groups(stream)
                return #groups_of(stream) > 0
            end
            local function ahead(stream, group)
                local newest = named(redis.call('XINFO', 'STREAM', stream))['last-generated-id']
                local time, place = string.match(group['last-delivered-id'], '(%d+)-(%d+)')
                local newest_time, newest_place = string.match(newest, '(%d+)-(%d+)')
                if time ~= newest_time then return tonumber(time) > tonumber(newest_time) end
                return tonumber(place) > tonumber(newest_place)
            end
            local function groups_ahead(stream)
                local found = {}
                for _, group in ipairs(groups_of(stream)) do
                    if ahead(stream, group) then found[#found + 1] = group.name end
                end
                return found
            end
            local function known(stream, current)
                return current and redis.pcall('GET', KNOWN .. stream) == current
            end
            local function know(stream, current)
                -- A full Redis refuses to grow, but not in a script that has begun to write.
                redis.call('DEL', KNOWN .. stream)
                redis.call('SET', KNOWN .. stream, current)
            end
            local function lost(stream, current)
                return known(stream, current) and (not has_groups(stream) or #groups_ahead(stream) > 0)
            end
            """;

    private static final String LOOK = LOST_LUA + """
            local current = life(KEYS[1])
            local function strange()
                local found = {}
                for i = 3, #KEYS do
                    if overwritten(KEYS[i]) or lost(KEYS[i], current) then found[#found + 1] = KEYS[i] end
                end
                return found
            end
            local function resting()
                local rest = redis.call('PTTL', KEYS[2])
                -- Beyond a minute it is not ours: it would keep the key from being mended for as long as somebody has set.
                return rest > 0 and rest <= 60000
            end
            local function begin_life()
                -- A full Redis refuses to grow, but not in a script that has begun to write; without a life nothing would be trimmed.
                redis.call('DEL', KEYS[1])
                redis.call('SET', KEYS[1], ARGV[1] .. ':' .. server())
                current = ARGV[1]
            end
            local function mend(streams)
                begin_life()
                redis.call('SET', KEYS[2], '', 'EX', 60)
                for _, stream in ipairs(streams) do
                    if overwritten(stream) then redis.call('UNLINK', stream) end
                    -- Whoever reads makes it again, at the beginning.
                    for _, group in ipairs(groups_ahead(stream)) do redis.call('XGROUP', 'DESTROY', stream, group) end
                end
            end
            local function know_all()
                for i = 3, #KEYS do
                    local there = overwritten(KEYS[i]) or has_groups(KEYS[i])
                    if there and not known(KEYS[i], current) then know(KEYS[i], current) end
                end
            end

            local found = strange()
            local mends = #found > 0 and not resting()
            if mends then mend(found) elseif not current then begin_life() end
            know_all()
            return { current, mends and 1 or 0, found }
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

    RedisLife(ReactiveRedisDataSource redis) {
        this.redis = redis;
    }

    /**
     * What a look has found.
     *
     * @param id      the life that Redis is in
     * @param strange keys that should be streams and hold something else, or have lost their groups in this life, or have one that stands beyond their end
     * @param mended  whether this look therefore began this life, and took away what stood there
     */
    public record Seen(UUID id, List<String> strange, boolean mended) {}

    /**
     * The life that Redis is in; begins one when there is none. A strange key that may not be mended yet stays one until it is,
     * also when it goes away by itself. Throws when Redis is away.
     */
    Seen look() {
        List<String> arguments = new ArrayList<>(List.of(LOOK, String.valueOf(KEYS.size())));
        arguments.addAll(KEYS);
        arguments.add(UUID.randomUUID().toString());
        Response seen = RedisAnswer.of(
                redis, connection -> connection.execute(Command.EVAL, arguments.toArray(String[]::new)), PATIENCE);
        List<String> strange = new ArrayList<>();
        seen.get(2).forEach(key -> strange.add(key.toString()));
        return new Seen(
                UUID.fromString(seen.get(0).toString()), strange, seen.get(1).toBoolean());
    }
}
