package io.centurions.runtime.understand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.centurions.runtime.think.NotNow;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How many files are in memory at once: here 24 MiB of audio, or 12 of pictures. */
class MediaMemoryTest {

    private static final int MIB = 1024 * 1024;

    private final MediaMemory memory = new MediaMemory(192L * MIB);

    @Test
    void large_files_that_do_not_fit_together_are_put_off() {
        memory.take(MediaKind.AUDIO, 20 * MIB, patience());

        assertThat(refused(20 * MIB)).isInstanceOf(NotNow.class).hasMessage("no_memory");
    }

    @Test
    void one_that_waits_has_the_room_of_the_one_before() throws Exception {
        MediaMemory.Share first = memory.take(MediaKind.AUDIO, 20 * MIB, patience());
        var second = CompletableFuture.supplyAsync(() -> memory.take(MediaKind.AUDIO, 20 * MIB, patience()));

        first.close();

        assertThat(second.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void a_small_one_passes() {
        memory.take(MediaKind.AUDIO, 24 * MIB, patience());

        assertThat(refused(MediaKind.SMALL)).isNull();
        assertThat(refused(MediaKind.SMALL + 1)).isInstanceOf(NotNow.class);
    }

    @Test
    void also_one_that_was_said_to_be_larger() {
        memory.take(MediaKind.AUDIO, 24 * MIB, patience()).shrinkTo(MediaKind.SMALL);

        assertThat(refused(24 * MIB)).isNull();
    }

    @Test
    void a_picture_takes_twice_as_much_and_no_picture_is_small() {
        memory.take(MediaKind.IMAGE, 11 * MIB, patience());
        assertThat(refusedPicture(1)).isNull();

        assertThat(refusedPicture(MIB)).isInstanceOf(NotNow.class).hasMessage("no_memory");
    }

    @Test
    void one_that_is_larger_than_all_has_it_for_itself() {
        memory.take(MediaKind.AUDIO, 36 * MIB, patience()).close();
        memory.take(MediaKind.AUDIO, 36 * MIB, patience());

        assertThat(refused(2 * MIB)).isInstanceOf(NotNow.class);
    }

    @Test
    void what_a_file_does_not_need_is_given_back_once() {
        MediaMemory.Share share = memory.take(MediaKind.AUDIO, 24 * MIB, patience());
        share.shrinkTo(4 * MIB);
        assertThat(refused(20 * MIB)).isNull();
        assertThat(refused(2 * MIB)).isInstanceOf(NotNow.class);

        share.close();
        share.close();
        assertThat(refused(4 * MIB)).isNull();
        assertThat(refused(2 * MIB)).isInstanceOf(NotNow.class);
    }

    private static MediaPatience patience() {
        return MediaPatience.of(Duration.ofSeconds(20));
    }

    private Throwable refused(int bytes) {
        return refused(MediaKind.AUDIO, bytes);
    }

    private Throwable refusedPicture(int bytes) {
        return refused(MediaKind.IMAGE, bytes);
    }

    private Throwable refused(MediaKind kind, int bytes) {
        return catchThrowable(() -> memory.take(kind, bytes, MediaPatience.of(Duration.ofMillis(1050))));
    }
}
