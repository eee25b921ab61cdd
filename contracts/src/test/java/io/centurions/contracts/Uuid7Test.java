package io.centurions.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.centurions.contracts.id.LeadId;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class Uuid7Test {

    @Test
    void it_is_a_uuid_of_version_7_that_tells_its_millisecond() {
        long before = System.currentTimeMillis();

        UUID id = Uuid7.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isCloseTo(before, within(5_000L));
    }

    @Test
    void each_sorts_behind_the_one_before_even_within_a_millisecond() {
        List<String> made =
                Stream.generate(() -> Uuid7.next().toString()).limit(20_000).toList();

        assertThat(made).isSortedAccordingTo(Comparator.naturalOrder()).doesNotHaveDuplicates();
    }

    @Test
    void threads_never_make_the_same() {
        var made = new ConcurrentSkipListSet<UUID>();

        IntStream.range(0, 20_000).parallel().forEach(i -> made.add(Uuid7.next()));

        assertThat(made).hasSize(20_000);
    }

    @Test
    void a_typed_id_reads_back_what_it_prints() {
        LeadId lead = LeadId.random();

        assertThat(LeadId.parse(lead.toString())).isEqualTo(lead);
    }
}
