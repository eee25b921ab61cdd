package io.centurions.evolution.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.id.CompanyId;
import io.quarkus.runtime.ShutdownEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is tried when, with servers that hang or fail until they are healed. */
class FetchMediaTest {

    private static final CompanyId SLOW = CompanyId.random();
    private static final CompanyId SLOW_TOO = CompanyId.random();
    private static final CompanyId QUICK = CompanyId.random();
    private static final int BYTES_MAX = 300;
    /** Half of it is room for two files of the largest size, half of that for one. */
    private static final long HEAP = BYTES_MAX * 8 / 3 * 4;

    private static final Instant LONG_AGO = Instant.now().minus(Duration.ofMinutes(30));

    private final Map<UUID, Integer> tries = new ConcurrentHashMap<>();
    private final List<Instant> triedAt = new CopyOnWriteArrayList<>();
    private final Set<UUID> ended = ConcurrentHashMap.newKeySet();
    private final Set<CompanyId> hang = ConcurrentHashMap.newKeySet();
    private final Set<UUID> withoutRoom = ConcurrentHashMap.newKeySet();
    private final Set<UUID> larger = ConcurrentHashMap.newKeySet();
    private final Set<UUID> fail = ConcurrentHashMap.newKeySet();
    private final CountDownLatch healed = new CountDownLatch(1);
    private final FetchMedia media =
            new FetchMedia(new Server(), new Limits(Duration.ofSeconds(20)), new FileMemory(HEAP));

    @AfterEach
    void heal() {
        healed.countDown();
        media.stop(new ShutdownEvent());
    }

    @Test
    void two_companies_whose_servers_hang_leave_a_place_to_others() {
        hang.addAll(Set.of(SLOW, SLOW_TOO));
        for (int n = 0; n < 12; n++) {
            media.soon(fileOf(SLOW));
        }
        await().until(() -> tries.size() == 2);
        for (int n = 0; n < 12; n++) {
            media.soon(fileOf(SLOW_TOO));
        }
        await().until(() -> tries.size() == 3);
        WantedFile quick = fileOf(QUICK);

        media.soon(quick);

        await().until(() -> ended.contains(quick.message()));
        assertThat(ended).containsExactly(quick.message());
        assertThat(tries).hasSize(4);
    }

    @Test
    void a_flood_of_files_is_left_to_the_sweep_beyond_a_number_and_others_are_not() {
        hang.add(SLOW);
        for (int n = 0; n < 300; n++) {
            media.soon(fileOf(SLOW));
        }
        assertThat(media.underWay()).isEqualTo(171);
        WantedFile quick = fileOf(QUICK);

        media.soon(quick);

        await().until(() -> ended.contains(quick.message()));
    }

    @Test
    void as_many_are_taken_up_again_once_those_in_hand_are_done() {
        hang.add(SLOW);
        for (int n = 0; n < 171; n++) {
            media.soon(fileOf(SLOW));
        }
        healed.countDown();
        await().until(() -> ended.size() == 171 && media.underWay() == 0);

        for (int n = 0; n < 171; n++) {
            media.soon(fileOf(SLOW));
        }

        await().until(() -> ended.size() == 342);
    }

    @Test
    void files_that_find_no_place_get_one_when_the_others_are_done() {
        hang.add(SLOW);
        for (int n = 0; n < 12; n++) {
            media.soon(fileOf(SLOW));
        }
        await().until(() -> tries.size() == 2);

        healed.countDown();

        await().until(() -> ended.size() == 12);
    }

    @Test
    void a_sweep_waits_for_no_file_and_one_companys_files_keep_it_from_no_others() {
        hang.add(SLOW);
        for (int n = 0; n < 12; n++) {
            media.leftBehind(fileOf(SLOW), LONG_AGO);
        }
        WantedFile quick = fileOf(QUICK);

        media.leftBehind(quick, LONG_AGO);

        await().until(() -> ended.contains(quick.message()));
        assertThat(ended).containsExactly(quick.message());
    }

    @Test
    void a_file_that_could_not_be_fetched_is_tried_again_long_before_it_is_left_behind() {
        WantedFile file = fileOf(QUICK);
        fail.add(file.message());
        media.soon(file);
        await().until(() -> triesOf(file) >= 2);

        fail.clear();

        await().until(() -> ended.contains(file.message()));
    }

    @Test
    void a_server_that_keeps_failing_is_asked_less_and_less_often() {
        WantedFile file = fileOf(QUICK);
        fail.add(file.message());

        media.soon(file);

        await().until(() -> triesOf(file) >= 4);
        // Half of a wait is its jitter: the third, of four times the first, lasts 600 ms at least, the first 300 at
        // most.
        assertThat(Duration.between(triedAt.get(2), triedAt.get(3))).isGreaterThanOrEqualTo(Duration.ofMillis(600));
    }

    @Test
    void no_wait_is_so_long_that_a_server_which_works_again_is_not_noticed() {
        List<Duration> waits = Stream.iterate(Duration.ofMillis(300), FetchMedia::longer)
                .limit(6)
                .toList();

        assertThat(waits).extracting(Duration::toMillis).containsExactly(300L, 600L, 1200L, 2000L, 2000L, 2000L);
    }

    @Test
    void a_file_that_waits_for_its_next_try_holds_no_place() {
        WantedFile one = fileOf(QUICK);
        WantedFile two = fileOf(QUICK);
        WantedFile good = fileOf(QUICK);
        fail.addAll(Set.of(one.message(), two.message()));
        media.soon(one);
        media.soon(two);
        await().until(() -> triesOf(one) >= 1 && triesOf(two) >= 1);

        media.soon(good);

        // The other two still wait.
        await().until(() -> ended.contains(good.message()) && media.underWay() == 2);
    }

    @Test
    void a_file_that_was_left_behind_and_fails_again_is_the_next_sweeps() {
        WantedFile file = fileOf(QUICK);
        fail.add(file.message());

        media.leftBehind(file, LONG_AGO);

        await().until(() -> triesOf(file) == 1 && media.underWay() == 0);
        assertThat(triesOf(file)).isOne();
    }

    @Test
    void one_file_is_never_tried_twice_at_once() {
        hang.add(SLOW);
        WantedFile file = fileOf(SLOW);
        media.soon(file);
        await().until(() -> triesOf(file) == 1);

        media.leftBehind(file, LONG_AGO);
        WantedFile later = fileOf(SLOW);
        media.soon(later);

        // The second place of the company is still free for another file.
        await().until(() -> triesOf(later) == 1);
        assertThat(triesOf(file)).isOne();
    }

    @Test
    void a_file_that_came_along_is_not_held_in_memory_until_there_is_a_place() {
        hang.add(SLOW);
        media.soon(fileOf(SLOW));
        media.soon(fileOf(SLOW));
        await().until(() -> tries.size() == 2);

        media.soon(fileOf(SLOW, "aGk="));

        await().until(() -> media.underWay() == 2);
        assertThat(tries).hasSize(2);
    }

    @Test
    void a_companys_large_files_wait_for_each_other_and_leave_half_of_the_memory_to_others() {
        hang.add(SLOW);
        media.soon(fileOf(SLOW, (long) BYTES_MAX, null));
        await().until(() -> tries.size() == 1);
        WantedFile second = fileOf(SLOW, (long) BYTES_MAX, null);
        media.soon(second);
        WantedFile others = fileOf(QUICK, (long) BYTES_MAX, null);

        media.soon(others);

        await().until(() -> ended.contains(others.message()));
        assertThat(triesOf(second)).isZero();
        healed.countDown();
        await().until(() -> ended.contains(second.message()) && media.underWay() == 0);
    }

    @Test
    void a_file_that_finds_no_room_until_nobody_looks_for_it_any_more_ends_without_it() {
        var media = new FetchMedia(new Server(), new Limits(Duration.ofSeconds(1)), new FileMemory(HEAP));
        hang.add(SLOW);
        media.soon(fileOf(SLOW, (long) BYTES_MAX, null));
        await().until(() -> tries.size() == 1);
        WantedFile old = fileOf(SLOW, (long) BYTES_MAX, null);
        WantedFile younger = fileOf(SLOW, (long) BYTES_MAX, null);

        media.leftBehind(old, Instant.now().minus(Duration.ofHours(23)));
        media.leftBehind(younger, Instant.now().minus(Duration.ofHours(22)));

        await().until(() -> media.underWay() == 1);
        assertThat(withoutRoom).containsExactly(old.message());
        assertThat(triesOf(old)).isZero();
    }

    @Test
    void a_file_of_unknown_size_is_taken_for_one_of_the_largest() {
        hang.add(SLOW);
        media.soon(fileOf(SLOW, null, null));
        await().until(() -> tries.size() == 1);
        WantedFile second = fileOf(SLOW, null, null);
        media.soon(second);
        WantedFile small = fileOf(QUICK);

        media.soon(small);

        await().until(() -> ended.contains(small.message()));
        assertThat(triesOf(second)).isZero();
    }

    @Test
    void a_file_that_is_larger_than_was_said_is_tried_again_with_room_for_it_left_behind_or_not() {
        WantedFile file = fileOf(QUICK);
        WantedFile old = fileOf(QUICK);
        larger.addAll(Set.of(file.message(), old.message()));

        media.soon(file);
        media.leftBehind(old, LONG_AGO);

        await().until(() -> ended.containsAll(larger));
        assertThat(List.of(triesOf(file), triesOf(old))).containsExactly(2, 2);
    }

    @Test
    void nobody_waits_for_a_next_try_once_the_replica_stops() {
        WantedFile file = fileOf(QUICK);
        fail.add(file.message());
        media.soon(file);
        await().until(() -> triesOf(file) >= 1);

        media.stop(new ShutdownEvent());

        await().until(() -> media.underWay() == 0);
        hang.add(SLOW);
        media.soon(fileOf(SLOW));
        assertThat(media.underWay()).as("nothing is begun any more").isZero();
    }

    private int triesOf(WantedFile file) {
        return tries.getOrDefault(file.message(), 0);
    }

    private static WantedFile fileOf(CompanyId company) {
        return fileOf(company, null);
    }

    private static WantedFile fileOf(CompanyId company, String inline) {
        return fileOf(company, 1L, inline);
    }

    private static WantedFile fileOf(CompanyId company, Long bytes, String inline) {
        return new WantedFile(
                company, UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "3EB0", "image", bytes, inline);
    }

    private final class Server extends FetchFile {
        Server() {
            super(null, null, null, null);
        }

        @Override
        Tried tryOnce(WantedFile wanted, Instant since) {
            boolean fails = fail.contains(wanted.message());
            triedAt.add(Instant.now());
            tries.merge(wanted.message(), 1, Integer::sum);
            if (hang.contains(wanted.company())) {
                hangUntilHealed();
            }
            if (larger.contains(wanted.message()) && wanted.bytes() != null) {
                return Tried.LARGER;
            }
            if (fails) {
                return Tried.FAILED;
            }
            ended.add(wanted.message());
            return Tried.ENDED;
        }

        @Override
        void withoutRoom(WantedFile wanted) {
            withoutRoom.add(wanted.message());
        }

        private void hangUntilHealed() {
            try {
                healed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private record Limits(Duration leftBehindAfter) implements MediaConfig {
        @Override
        public int fetchedAtOnce() {
            return 4;
        }

        @Override
        public Duration giveUpAfter() {
            return Duration.ofHours(1);
        }

        @Override
        public int bytesMax() {
            return BYTES_MAX;
        }
    }
}
