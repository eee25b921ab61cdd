package io.centurions.evolution.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.CompanyId;
import org.junit.jupiter.api.Test;

/** Half of the heap is 1,600 bytes, of which a file takes eight thirds of its size. */
class FileMemoryTest {

    private static final CompanyId ONE = CompanyId.random();
    private static final CompanyId OTHER = CompanyId.random();

    private final FileMemory memory = new FileMemory(3200);

    @Test
    void together_files_take_half_of_the_heap_at_most() {
        assertThat(memory.tryEnter(ONE, 300)).isTrue();
        assertThat(memory.tryEnter(OTHER, 300)).isTrue();

        assertThat(memory.tryEnter(CompanyId.random(), 3)).isFalse();
    }

    @Test
    void a_company_gets_no_further_room_beyond_a_half() {
        assertThat(memory.tryEnter(ONE, 150)).isTrue();
        assertThat(memory.tryEnter(ONE, 150)).isTrue();

        assertThat(memory.tryEnter(ONE, 3)).isFalse();
        assertThat(memory.tryEnter(OTHER, 300)).isTrue();
    }

    @Test
    void what_is_given_back_is_free_again() {
        assertThat(memory.tryEnter(ONE, 300)).isTrue();
        assertThat(memory.tryEnter(OTHER, 300)).isTrue();

        memory.leave(ONE, 300);

        assertThat(memory.tryEnter(ONE, 300)).isTrue();
        assertThat(memory.tryEnter(OTHER, 3)).isFalse();
    }

    @Test
    void a_file_larger_than_all_of_the_room_has_it_for_itself() {
        assertThat(memory.tryEnter(ONE, 3)).isTrue();
        assertThat(memory.tryEnter(OTHER, 5000)).isFalse();
        memory.leave(ONE, 3);

        assertThat(memory.tryEnter(OTHER, 5000)).isTrue();

        assertThat(memory.tryEnter(ONE, 3)).isFalse();
        memory.leave(OTHER, 5000);
        assertThat(memory.tryEnter(ONE, 5000)).isTrue();
    }

    @Test
    void two_of_the_largest_whatsapp_files_fit_at_once_into_the_smallest_heap() {
        // What the plain collector leaves of 192 MiB: all but one of its two survivor spaces.
        FileMemory smallest = new FileMemory(185 * 1024 * 1024);

        assertThat(smallest.tryEnter(ONE, 16 * 1024 * 1024)).isTrue();
        assertThat(smallest.tryEnter(OTHER, 16 * 1024 * 1024)).isTrue();
        assertThat(smallest.tryEnter(CompanyId.random(), 16 * 1024 * 1024)).isFalse();
    }
}
