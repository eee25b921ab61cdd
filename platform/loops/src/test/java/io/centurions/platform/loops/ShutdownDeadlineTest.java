package io.centurions.platform.loops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.centurions.platform.tenancy.ShutdownDeadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What hangs is not waited for once the time of a process that is ending is over. */
class ShutdownDeadlineTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);

    @AfterEach
    void goOn() {
        hanging.countDown();
        ShutdownDeadline.forget();
    }

    @Test
    void pieces_are_left_to_their_leases() throws InterruptedException {
        var loop = new ClaimLoop<>("test", 1, LONG, most -> Claim.of(List.of(1)), piece -> hang());
        loop.start();
        begun.await();
        ShutdownDeadline.begin(Duration.ZERO);

        assertTimeoutPreemptively(AT_ONCE, () -> loop.stop(LONG));
    }

    @Test
    void a_round_is_left_to_itself() throws InterruptedException {
        Rounds rounds = Rounds.every(Duration.ZERO, "test", new Closing(), this::hang);
        begun.await();
        ShutdownDeadline.begin(Duration.ZERO);

        assertThat(assertTimeoutPreemptively(AT_ONCE, () -> rounds.join(LONG))).isFalse();
    }

    @Test
    void leases_run_out_by_themselves_but_are_given_back_where_the_database_answers() {
        var given = new CountDownLatch(1);
        ShutdownDeadline.begin(Duration.ZERO);

        assertTimeoutPreemptively(AT_ONCE, () -> Leases.giveBack("pieces", this::hang));
        assertTimeoutPreemptively(AT_ONCE, () -> Leases.giveBack("pieces", given::countDown));

        await().until(() -> given.getCount() == 0);
    }

    private void hang() {
        begun.countDown();
        try {
            hanging.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
