package io.centurions.platform.streams;

import io.centurions.platform.outbox.RedisLife;

/** What must be looked at and changed in one step. Redis 6.2 is enough for all of them. */
final class GroupScripts {

    private GroupScripts() {}

    /**
     * Makes a group and its stream, also where Redis is full: nobody else could make it less full. Refuses where the stream was
     * lost in this life: what is read of a new one would pass for what the lost one held. KEYS: stream, life. ARGV: group, id.
     */
    static final String CREATE = RedisLife.LOST_LUA + """
            local current = life(KEYS[2])
            if lost(KEYS[1], current) then return redis.error_reply('LOST in this life, which has to end first') end
            -- A full Redis refuses to grow, but not in a script that has begun to write; this acknowledges nothing.
            redis.pcall('XACK', KEYS[1], ARGV[1], '0-0')
            local made = redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], ARGV[2], 'MKSTREAM')
            if current and not made.err then know(KEYS[1], current) end
            return made
            """;

    /**
     * Touches entries that are still ours, without stealing back what another consumer has claimed meanwhile. KEYS: stream.
     * ARGV: group, consumer, idle time to set, {@link Failures#SECOND} when we give them up, else 0, ids. The claim of one that
     * was given up is no try. Answers with the ids that are not ours any more.
     */
    static final String TOUCH = """
            local gone = {}
            local second = tonumber(ARGV[4])
            for i = 5, #ARGV do
                local held = redis.pcall('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1)
                if held.err or not held[1] or held[1][2] ~= ARGV[2] then
                    gone[#gone + 1] = ARGV[i]
                else
                    local count = held[1][4]
                    if second > 0 and count > second and count % second > 0 then count = count - 1 end
                    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i], 'IDLE', ARGV[3], 'RETRYCOUNT', count, 'JUSTID')
                end
            end
            return gone
            """;

    /**
     * Remembers that handling an entry that is still ours has failed, and touches it. KEYS: stream. ARGV: group, consumer,
     * id, the second of its age, what that is multiplied with. Answers as {@link Failures} reads it, 0 when it is not ours.
     */
    static final String FAILED = """
            local held = redis.pcall('XPENDING', KEYS[1], ARGV[1], ARGV[3], ARGV[3], 1)
            if held.err or not held[1] or held[1][2] ~= ARGV[2] then return 0 end
            local count = held[1][4]
            if count < tonumber(ARGV[5]) then count = ARGV[4] * ARGV[5] end
            count = count + 1
            redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[3], 'IDLE', 0, 'RETRYCOUNT', count, 'JUSTID')
            return count
            """;

    /** Acknowledges pending entries whose stream entry was deleted: nobody can handle them. KEYS: stream. ARGV: group. */
    static final String BURY = """
            local buried = 0
            for _, held in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1000)) do
                if #redis.call('XRANGE', KEYS[1], held[1], held[1]) == 0 then
                    buried = buried + redis.call('XACK', KEYS[1], ARGV[1], held[1])
                end
            end
            return buried
            """;

    /** Removes one consumer unless something is pending under its name. KEYS: stream. ARGV: group, consumer. */
    static final String LEAVE = """
            local held = redis.pcall('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2])
            if held.err or held[1] then return 0 end
            redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
            return 1
            """;

    /**
     * Removes consumers that have nothing pending and have not been heard for long. One that was only quiet comes back with
     * its next read. KEYS: stream. ARGV: group, own name, idle milliseconds.
     */
    static final String FORGET = """
            local forgotten = 0
            for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
                local known = {}
                for i = 1, #consumer, 2 do known[consumer[i]] = consumer[i + 1] end
                if known.name ~= ARGV[2] and known.pending == 0 and known.idle > tonumber(ARGV[3]) then
                    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], known.name)
                    forgotten = forgotten + 1
                end
            end
            return forgotten
            """;

    /**
     * How far a group has come, and in which life of Redis that is true. KEYS: life, streams. ARGV: group. Answers with
     * nothing in a life that is over, else the life and for each stream: key, pending, first pending, last delivered, unread
     * (up to a thousand), first unread. Says nothing of a stream where the group was set beyond its end: that it has come so far
     * would have what nobody has read taken for finished.
     */
    static final String PROGRESS = RedisLife.LOST_LUA + """
            local current = life(KEYS[1])
            if not current then return {} end
            local answer = { current }
            for i = 2, #KEYS do
                for _, group in ipairs(groups_of(KEYS[i])) do
                    if group.name == ARGV[1] and not ahead(KEYS[i], group) then
                        local pending = redis.call('XPENDING', KEYS[i], ARGV[1])
                        local last = group['last-delivered-id']
                        local told = type(group.lag) == 'number'
                        local unread = redis.call('XRANGE', KEYS[i], '(' .. last, '+', 'COUNT', told and 1 or 1000)
                        answer[#answer + 1] = { KEYS[i], pending[1], pending[2] or '', last,
                            told and group.lag or #unread, unread[1] and unread[1][1] or '' }
                    end
                end
            end
            return answer
            """;

    /**
     * Drops what every group has finished. KEYS: life, streams. ARGV: the life in which that was seen, an id for each. Answers
     * with the streams it has done so for: none when that life is over, and no key that holds something else.
     */
    static final String TRIM = RedisLife.LUA + """
            local trimmed = {}
            if life(KEYS[1]) ~= ARGV[1] then return trimmed end
            for i = 2, #KEYS do
                local dropped = redis.pcall('XTRIM', KEYS[i], 'MINID', ARGV[i])
                if type(dropped) == 'number' then trimmed[#trimmed + 1] = KEYS[i] end
            end
            return trimmed
            """;
}
