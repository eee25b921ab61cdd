package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final Lanes lanes = new Lanes();

    @Test
    void work_of_one_subject_never_overlaps() throws InterruptedException {
        UUID subject = UUID.randomUUID();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 50; thread++) {
            threads.add(Thread.ofVirtual()
                    .start(() -> lanes.inOrder(subject, () -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        return inside.decrementAndGet();
                    })));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(most).hasValue(1);
    }

    @Test
    void another_subject_does_not_wait() throws InterruptedException {
        CountDownLatch otherDone = new CountDownLatch(1);
        Thread held = Thread.ofVirtual().start(() -> lanes.inOrder(UUID.randomUUID(), () -> awaited(otherDone)));

        lanes.inOrder(UUID.randomUUID(), () -> {
            otherDone.countDown();
            return true;
        });
        held.join();

        assertThat(otherDone.getCount()).isZero();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
