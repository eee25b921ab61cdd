package io.centurions.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void a_percentile_is_the_value_of_its_nearest_rank() {
        Samples hundred = Samples.ofNanos(
                LongStream.rangeClosed(1, 100).map(n -> n * 1_000_000).toArray());

        assertThat(hundred.millis(50)).isEqualTo(50);
        assertThat(hundred.millis(99)).isEqualTo(99);
        assertThat(hundred.millis(99.1)).isEqualTo(100);
        assertThat(hundred.most()).isEqualTo(100);
    }

    @Test
    void the_order_of_taking_does_not_matter() {
        assertThat(Samples.ofNanos(3_000_000, 1_000_000, 2_000_000).millis(50)).isEqualTo(2);
    }

    @Test
    void one_slow_one_in_a_hundred_is_not_the_99th_percentile_but_two_are() {
        long[] nanos = new long[100];
        nanos[17] = 1_000_000_000;
        assertThat(Samples.ofNanos(nanos).millis(99)).isZero();

        nanos[71] = 1_000_000_000;
        assertThat(Samples.ofNanos(nanos).millis(99)).isEqualTo(1000);
    }

    @Test
    void what_never_came_counts_as_the_slowest_of_all() {
        Samples samples = Samples.ofNanos(new long[98]).withMissing(1);
        assertThat(samples.millis(99)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(samples.millis(98)).isZero();
        assertThat(samples.most()).isEqualTo(Double.POSITIVE_INFINITY);

        assertThat(samples.size()).isEqualTo(98);
        assertThat(samples.withMissing(2).missing()).isEqualTo(3);
        assertThat(Samples.ofNanos().withMissing(1).millis(50)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void nothing_has_no_percentile() {
        assertThat(Samples.ofNanos().millis(50)).isNaN();
        assertThatThrownBy(() -> Samples.ofNanos(1).millis(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_several_threads_recorded_is_counted_together_however_much_it_is() {
        Recorder one = new Recorder();
        Recorder other = new Recorder();
        for (int n = 0; n < 10_000; n++) {
            one.add(1_000_000);
        }
        other.add(9_000_000);

        Samples all = Samples.together(List.of(one, other));

        assertThat(all.size()).isEqualTo(10_001);
        assertThat(all.most()).isEqualTo(9);
    }
}
