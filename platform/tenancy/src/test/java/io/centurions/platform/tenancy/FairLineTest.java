package io.centurions.platform.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.id.CompanyId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FairLineTest {

    private static final CompanyId BUSY = CompanyId.random();
    private static final CompanyId QUIET = CompanyId.random();

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<String> came = new CopyOnWriteArrayList<>();

    @Test
    void of_eight_connections_two_have_no_place_and_one_company_alone_has_three() {
        FairLine line = line(8);
        waits(line, BUSY, 9, "busy");

        await().untilAsserted(() -> assertThat(came).hasSize(3));
        awaitWaiting(6);
        waits(line, QUIET, 9, "quiet");
        awaitWaiting(13);
        await().untilAsserted(
                        () -> assertThat(came).containsExactlyInAnyOrder("busy", "busy", "busy", "quiet", "quiet"));
    }

    @Test
    void companies_take_turns_however_many_one_of_them_has_waiting() {
        FairLine line = line(1);
        line.enter(BUSY);
        waits(line, BUSY, 100, "busy");
        awaitWaiting(100);
        waits(line, QUIET, 2, "quiet");
        awaitWaiting(102);

        for (CompanyId next : List.of(BUSY, BUSY, QUIET, BUSY)) {
            int before = came.size();
            line.leave(next);
            await().untilAsserted(() -> assertThat(came).hasSize(before + 1));
        }

        assertThat(came).containsExactly("busy", "quiet", "busy", "quiet");
    }

    @Test
    void a_company_is_served_in_its_order_and_nobody_of_it_passes_by() {
        FairLine line = line(1);
        line.enter(BUSY);
        for (int number = 1; number <= 3; number++) {
            waits(line, BUSY, 1, String.valueOf(number));
            awaitWaiting(number);
        }

        for (int number = 1; number <= 3; number++) {
            int expected = number;
            line.leave(BUSY);
            await().untilAsserted(() -> assertThat(came).hasSize(expected));
        }

        assertThat(came).containsExactly("1", "2", "3");
    }

    @Test
    void whoever_gives_up_waiting_takes_nobodys_place() throws InterruptedException {
        FairLine line = line(1);
        line.enter(BUSY);
        Thread gaveUp = Thread.ofVirtual().start(() -> {
            assertThatThrownBy(() -> line.enter(QUIET)).hasMessageContaining("interrupted");
            came.add("gave up");
        });
        awaitWaiting(1);
        gaveUp.interrupt();
        gaveUp.join();
        awaitWaiting(0);

        line.leave(BUSY);
        line.enter(QUIET);

        assertThat(came).containsExactly("gave up");
    }

    @Test
    void what_works_for_no_company_stands_in_no_line() {
        FairLine line = line(1);
        line.enter(BUSY);

        line.enter(null);
        line.leave(null);

        assertThat(metrics.get("database_line_waiting").gauge().value()).isZero();
    }

    /** Many companies at once, some of whom lose their patience just when their turn comes. */
    @Test
    void no_place_is_given_twice_or_lost() throws InterruptedException {
        int places = 4;
        FairLine line = line(places);
        List<CompanyId> companies =
                IntStream.range(0, 7).mapToObj(n -> CompanyId.random()).toList();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int n = 0; n < 400; n++) {
            Random random = new Random(n);
            threads.add(Thread.ofVirtual().unstarted(() -> {
                for (int round = 0; round < 50; round++) {
                    CompanyId company = companies.get(random.nextInt(companies.size()));
                    try {
                        line.enter(company);
                    } catch (RuntimeException lostPatience) {
                        Thread.interrupted();
                        continue;
                    }
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    threads.get(random.nextInt(threads.size())).interrupt();
                    inside.decrementAndGet();
                    line.leave(company);
                    Thread.interrupted();
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(most.get()).isBetween(1, 3);
        assertThat(metrics.get("database_line_waiting").gauge().value()).isZero();
        companies.subList(0, 3).forEach(line::enter);
        waits(line, companies.getLast(), 1, "too many");
        awaitWaiting(1);
        assertThat(came).isEmpty();
    }

    private FairLine line(int connections) {
        return new FairLine(connections, metrics);
    }

    private void waits(FairLine line, CompanyId company, int times, String name) {
        for (int time = 0; time < times; time++) {
            Thread.ofVirtual().start(() -> {
                line.enter(company);
                came.add(name);
            });
        }
    }

    private void awaitWaiting(int many) {
        await().untilAsserted(() ->
                assertThat(metrics.get("database_line_waiting").gauge().value()).isEqualTo(many));
    }
}
