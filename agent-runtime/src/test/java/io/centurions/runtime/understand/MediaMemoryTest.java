package io.centurions.runtime.understand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.id.CompanyId;
import io.centurions.runtime.think.NotNow;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many files are in memory at once: here 24 MiB of audio, or 12 of pictures, and half of that of one company. */
class MediaMemoryTest {

    private static final int MIB = 1024 * 1024;
    private static final CompanyId ONE = CompanyId.random();
    private static final CompanyId ANOTHER = CompanyId.random();

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final MediaMemory memory = new MediaMemory(192L * MIB, meters);

    @Test
    void large_files_that_do_not_fit_together_are_put_off() {
        take(ONE, 20);

        assertThat(catchThrowable(() -> memory.take(ANOTHER, MediaKind.AUDIO, 20 * MIB, noPatience())))
                .isInstanceOf(NotNow.class)
                .hasMessage("no_memory");
    }

    @Test
    void one_that_waits_has_the_room_of_the_one_before() throws Exception {
        MediaMemory.Share first = take(ONE, 20);
        var second = CompletableFuture.supplyAsync(() -> take(ANOTHER, 20));

        first.close();

        assertThat(second.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void who_waits_for_more_than_is_free_lets_others_pass() throws Exception {
        MediaMemory.Share first = take(ONE, 10);
        MediaMemory.Share second = take(ANOTHER, 12);
        var large = waits(CompanyId.random(), 20, Duration.ofSeconds(60));
        var smaller = waits(CompanyId.random(), 4, Duration.ofSeconds(60));

        second.close();
        assertThat(smaller.get(10, TimeUnit.SECONDS)).isNotNull();

        smaller.join().close();
        first.close();
        assertThat(large.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void but_not_until_its_patience_is_over() throws Exception {
        MediaMemory.Share first = take(ONE, 10);
        var large = waits(ANOTHER, 20, Duration.ofSeconds(7));

        await().until(() -> !fits(CompanyId.random(), 4));
        first.close();

        assertThat(large.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void a_small_one_passes() {
        take(ONE, 24);

        assertThat(fits(ONE, MediaKind.AUDIO, MediaKind.SMALL)).isTrue();
        assertThat(fits(ONE, MediaKind.AUDIO, MediaKind.SMALL + 1)).isFalse();
    }

    @Test
    void also_one_that_was_said_to_be_larger() {
        take(ONE, 24).shrinkTo(MediaKind.SMALL);

        assertNothingIsTaken();
    }

    @Test
    void a_picture_takes_twice_as_much_and_no_picture_is_small() {
        memory.take(ONE, MediaKind.IMAGE, 11 * MIB, patience());

        assertThat(fits(ANOTHER, MediaKind.IMAGE, MIB)).isTrue();
        assertThat(fits(ANOTHER, MediaKind.IMAGE, MIB + 1)).isFalse();
    }

    @Test
    void one_that_is_larger_than_all_has_it_for_itself() {
        MediaMemory.Share larger = take(ONE, 36);
        assertThat(fits(ANOTHER, 2)).isFalse();

        larger.close();
        assertNothingIsTaken();
    }

    @Test
    void what_a_file_does_not_need_is_given_back_once() {
        MediaMemory.Share share = take(ONE, 36);
        share.shrinkTo(4 * MIB);
        assertThat(fits(ONE, 8)).isTrue();
        assertThat(fits(ONE, 9)).isFalse();
        assertThat(fits(ANOTHER, 20)).isTrue();
        assertThat(fits(ANOTHER, 21)).isFalse();

        share.close();
        share.close();
        assertNothingIsTaken();
    }

    @Test
    void a_company_that_has_all_it_can_and_wants_more_leaves_room_to_another() throws InterruptedException {
        List<MediaMemory.Share> had =
                IntStream.range(0, 3).mapToObj(each -> take(ONE, 4)).toList();
        List<Thread> wanting = IntStream.range(0, 3)
                .mapToObj(each -> Thread.ofPlatform().start(() -> fits(ONE, MediaKind.AUDIO, 4 * MIB, patience())))
                .toList();
        await().until(() -> wanting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));

        assertThat(fits(ANOTHER, 12)).isTrue();

        for (Thread each : wanting) {
            each.interrupt();
            each.join();
        }
        had.forEach(MediaMemory.Share::close);
        assertNothingIsTaken();
    }

    @Test
    void one_that_is_larger_than_its_company_s_part_is_alone_of_its_company_s() {
        MediaMemory.Share large = take(ONE, 20);
        assertThat(fits(ONE, 2)).isFalse();
        assertThat(fits(ANOTHER, 4)).isTrue();

        large.close();
        assertNothingIsTaken();
    }

    @Test
    void what_waits_for_everybody_s_room_in_vain_gives_its_company_s_back() {
        MediaMemory.Share everybodys = take(ANOTHER, 24);
        assertThat(fits(ONE, 12)).isFalse();

        everybodys.close();
        assertNothingIsTaken();
    }

    @Test
    void who_waits_and_who_is_put_off_is_counted_but_not_what_takes_nothing() {
        take(ONE, 20);
        fits(ANOTHER, 20);
        fits(ANOTHER, 1);

        assertThat(waited("entered")).isEqualTo(1);
        assertThat(waited("put_off")).isEqualTo(1);
    }

    private CompletableFuture<MediaMemory.Share> waits(CompanyId company, int mib, Duration patience) {
        var share = new CompletableFuture<MediaMemory.Share>();
        Thread thread = Thread.ofPlatform()
                .start(() ->
                        share.complete(memory.take(company, MediaKind.AUDIO, mib * MIB, MediaPatience.of(patience))));
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return share;
    }

    private long waited(String outcome) {
        return meters.timer("media_memory_wait_seconds", "kind", "audio", "outcome", outcome)
                .count();
    }

    private void assertNothingIsTaken() {
        MediaMemory.Share half = take(ONE, 12);
        assertThat(fits(ONE, 2)).as("more than its part").isFalse();
        MediaMemory.Share rest = take(ANOTHER, 12);
        assertThat(fits(CompanyId.random(), 2)).as("more than all").isFalse();
        half.close();
        rest.close();
    }

    private MediaMemory.Share take(CompanyId company, int mib) {
        return memory.take(company, MediaKind.AUDIO, mib * MIB, patience());
    }

    private boolean fits(CompanyId company, int mib) {
        return fits(company, MediaKind.AUDIO, mib * MIB);
    }

    private boolean fits(CompanyId company, MediaKind kind, int bytes) {
        return fits(company, kind, bytes, noPatience());
    }

    private boolean fits(CompanyId company, MediaKind kind, int bytes, MediaPatience patience) {
        try {
            memory.take(company, kind, bytes, patience).close();
            return true;
        } catch (NotNow full) {
            return false;
        }
    }

    private static MediaPatience patience() {
        return MediaPatience.of(Duration.ofSeconds(20));
    }

    private static MediaPatience noPatience() {
        return MediaPatience.of(Duration.ofMillis(1050));
    }
}
