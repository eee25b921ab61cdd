package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EntryIdsTest {

    @Test
    void the_one_before_is_the_greatest_that_is_smaller() {
        assertThat(EntryIds.before("1700000000000-5")).isEqualTo("1700000000000-4");
        assertThat(EntryIds.before("1700000000000-0")).isEqualTo("1699999999999-18446744073709551615");
        assertThat(EntryIds.before("0-0")).isEqualTo("0-0");
    }

    @Test
    void entries_are_ordered_by_time_and_then_by_sequence() {
        assertThat(Stream.of("10-2", "9-18446744073709551615", "10-10", "9-7").sorted(EntryIds.ORDER))
                .containsExactly("9-7", "9-18446744073709551615", "10-2", "10-10");
    }
}
