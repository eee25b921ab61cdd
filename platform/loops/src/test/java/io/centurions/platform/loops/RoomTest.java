package io.centurions.platform.loops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RoomTest {

    private static final long PROMPT = Duration.ofMillis(1).toNanos();
    private static final long LATE = Duration.ofSeconds(1).toNanos();

    @Test
    void places_double_with_each_claim_whose_pieces_begin_without_delay() throws Exception {
        var room = new Room(30);

        for (int claimed : new int[] {1, 2, 4, 8}) {
            assertThat(room.takeAll()).isEqualTo(claimed);
            for (int piece = 0; piece < claimed; piece++) {
                room.began(PROMPT);
            }
        }

        assertThat(room.taken()).isEqualTo(15);
        assertThat(room.takeAll()).isEqualTo(15);
        assertThat(room.places()).isEqualTo(30);
    }

    @Test
    void pieces_that_begin_late_and_never_end_keep_no_other_from_beginning() throws Exception {
        var room = new Room(3);
        room.takeAll();
        room.began(LATE);

        assertThat(room.takeAll()).isEqualTo(1);
        room.began(LATE);
        assertThat(room.takeAll()).isEqualTo(1);

        assertThat(room.places()).isEqualTo(3);
    }

    @Test
    void pieces_that_wait_for_a_core_bring_no_place_but_their_ends_do() throws Exception {
        var room = new Room(10);
        room.takeAll();

        room.began(LATE);
        assertThat(room.places()).isEqualTo(1);
        assertThat(room.taken()).isEqualTo(1);

        room.ended();
        assertThat(room.places()).isEqualTo(2);
        assertThat(room.taken()).isZero();
    }

    @Test
    void there_are_never_more_places_than_the_most() throws Exception {
        var room = new Room(2);

        for (int piece = 0; piece < 10; piece++) {
            room.takeAll();
            room.began(PROMPT);
            room.ended();
            room.giveBack(room.taken());
        }

        assertThat(room.places()).isEqualTo(2);
        assertThat(room.takeAll()).isEqualTo(2);
    }

    @Test
    void it_is_empty_when_all_places_are_free_and_grows_no_more_from_then_on() throws Exception {
        var room = new Room(10);
        int taken = room.takeAll();

        assertThat(room.awaitEmpty(PROMPT)).isFalse();
        room.began(PROMPT);
        room.giveBack(taken);

        assertThat(room.awaitEmpty(LATE)).isTrue();
        assertThat(room.places()).isEqualTo(1);
    }
}
