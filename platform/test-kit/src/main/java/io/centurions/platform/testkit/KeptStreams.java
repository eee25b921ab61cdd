package io.centurions.platform.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.Streams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The streams of the application under test beside its outbox. Until this is closed, nothing is trimmed from a stream that a
 * group works on, so that also an entry that was finished long ago can be seen. Read past the proxy: what a test looks at is no
 * step of its scene.
 */
public final class KeptStreams implements AutoCloseable {

    static final String URL = "centurions.test.redis-url";

    private static final String READER = "a-test-that-looks";

    // A group that has finished nothing holds back what trims, in the life of Redis in which the others have marks.
    private static final String KEEP = """
            INSERT INTO core.stream_marks (stream, consumer_group, generation)
            SELECT DISTINCT m.stream, ?, m.generation FROM core.stream_marks m
                ON CONFLICT (stream, generation, consumer_group) DO NOTHING
            """;

    private static final String MARKED = """
            SELECT type, entry_id, coalesce(event_id, id)::text AS event
              FROM core.outbox_%s WHERE company_id = ? AND published_at IS NOT NULL ORDER BY position
            """;

    // Three arguments for each row: stream, entry, event. Answers with the events that are not there.
    private static final String MISSING = """
            local missing = {}
            for i = 1, #ARGV, 3 do
              local there = false
              for _, entry in ipairs(redis.call('XRANGE', ARGV[i], ARGV[i + 1], ARGV[i + 1])) do
                for field = 1, #entry[2], 2 do
                  if entry[2][field] == 'envelope' then there = cjson.decode(entry[2][field + 1]).id == ARGV[i + 2] end
                end
              end
              if not there then missing[#missing + 1] = ARGV[i] .. ' ' .. ARGV[i + 2] .. ' at ' .. ARGV[i + 1] end
            end
            return missing
            """;

    private KeptStreams() {}

    /** From now on; returns when the application has said who reads. */
    public static KeptStreams fromNowOn() {
        await().atMost(Duration.ofSeconds(30)).until(() -> Admin.get().execute(KEEP, READER) > 0);
        return new KeptStreams();
    }

    /** Fails when the outbox of a company says of an event that it was published, and the stream has it not at that entry. */
    public void haveAllThatIsMarked(UUID company) {
        List<String> marked = new ArrayList<>();
        Admin.get()
                .query(MARKED.formatted(Repository.suffixOfModule()), company)
                .forEach(row -> {
                    marked.add(Streams.key((String) row.get("type")));
                    marked.add(row.get("entry_id") == null ? "0-0" : (String) row.get("entry_id"));
                    marked.add((String) row.get("event"));
                });
        assertThat(marked).as("what the outbox has published").isNotEmpty();
        String redis = ConfigProvider.getConfig().getValue(URL, String.class);
        assertThat(RedisScript.run(redis, MISSING, marked))
                .as("marked as published, and in no stream")
                .isEmpty();
    }

    @Override
    public void close() {
        Admin.get().execute("DELETE FROM core.stream_marks WHERE consumer_group = ?", READER);
    }
}
