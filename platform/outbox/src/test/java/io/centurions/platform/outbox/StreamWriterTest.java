package io.centurions.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.outbox.StreamWriter.Fate;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class StreamWriterTest {

    @Test
    void a_full_redis_is_told_from_one_that_is_away_and_from_one_that_refuses_a_single_row() {
        assertThat(refusal("OOM command not allowed when used memory > 'maxmemory'."))
                .isInstanceOf(Fate.Full.class);
        assertThat(refusal("LOADING Redis is loading the dataset in memory")).isInstanceOf(Fate.Away.class);
        assertThat(refusal("READONLY You can't write against a read only replica."))
                .isInstanceOf(Fate.Away.class);
        assertThat(refusal("MISCONF Redis is configured to save RDB snapshots")).isInstanceOf(Fate.Away.class);
        assertThat(refusal("WRONGTYPE Operation against a key holding the wrong kind of value"))
                .isInstanceOf(Fate.Refused.class);
        assertThat(StreamWriter.refusal(new ConnectException())).isInstanceOf(Fate.Away.class);
    }

    private static Fate refusal(String reply) {
        return StreamWriter.refusal(new IllegalStateException(reply));
    }
}
