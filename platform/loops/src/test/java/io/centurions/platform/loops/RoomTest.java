package io.centurions.platform.loops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final long PROMPT = Duration.ofMillis(1).toNanos();
    private static final long LATE = Duration.ofSeconds(1).toNanos();

    @Test
    void it_has_one_place_at_first_and_one_more_with_each_piece_that_begins_without_delay() throws Exception {
        var room = new Room(10);

        for (int piece = 1; piece <= 3; piece++) {
            assertThat(room.takeAll()).isEqualTo(1);
            room.began(PROMPT);
            assertThat(room.taken()).isEqualTo(piece);
        }

        assertThat(room.places()).isEqualTo(4);
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
