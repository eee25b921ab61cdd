package io.centurions.platform.testkit.planted;

import io.centurions.platform.testkit.RedisScript;
import java.util.List;

/** Looks through all of Redis, whatever kind a key is of. */
final class RedisKeys {

    // Reads only; the script runs alone, so nothing is moved past it meanwhile.
    private static final String SEARCH = """
            local read = {
              string = function(k) return {redis.call('GET', k)} end,
              hash = function(k) return redis.call('HGETALL', k) end,
              list = function(k) return redis.call('LRANGE', k, 0, -1) end,
              set = function(k) return redis.call('SMEMBERS', k) end,
              zset = function(k) return redis.call('ZRANGE', k, 0, -1) end,
              stream = function(k) return redis.call('XRANGE', k, '-', '+') end}
            local function holds(value)
              if type(value) == 'table' then
                for _, part in ipairs(value) do if holds(part) then return true end end
                return false
              end
              for _, text in ipairs(ARGV) do
                if string.find(tostring(value), text, 1, true) then return true end
              end
              return false
            end
            local found, cursor = {}, '0'
            repeat
              local page = redis.call('SCAN', cursor, 'COUNT', 1000)
              cursor = page[1]
              for _, key in ipairs(page[2]) do
                local kind = redis.call('TYPE', key).ok
                if holds(key) or (read[kind] and holds(read[kind](key))) then found[#found + 1] = kind .. ' ' .. key end
              end
            until cursor == '0'
            return found
            """;

    private RedisKeys() {}

    /** Kind and name of each key that holds one of the texts. */
    static List<String> with(String url, String... texts) {
        return RedisScript.run(url, SEARCH, List.of(texts));
    }
}
