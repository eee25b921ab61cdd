package io.centurions.platform.loops;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.CompanyId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final CompanyId SLOW = CompanyId.random();
    private static final CompanyId QUICK = CompanyId.random();

    @Test
    void one_company_alone_holds_two_of_four_places() {
        var places = new Places(4);

        assertThat(entered(places, SLOW, 5)).isEqualTo(2);
    }

    @Test
    void the_last_places_are_for_companies_that_have_none() {
        var places = new Places(4);
        entered(places, SLOW, 5);

        assertThat(entered(places, CompanyId.random(), 5))
                .as("a second slow one's")
                .isOne();
        assertThat(entered(places, QUICK, 5)).isOne();
        assertThat(places.tryEnter(CompanyId.random())).as("of four places").isFalse();
    }

    @Test
    void four_slow_companies_leave_many_of_many_places_to_a_fifth() {
        var places = new Places(512);
        assertThat(entered(places, SLOW, 512)).isEqualTo(171);
        for (int slow = 0; slow < 3; slow++) {
            entered(places, CompanyId.random(), 512);
        }

        assertThat(entered(places, QUICK, 512)).isGreaterThan(30);
    }

    @Test
    void one_company_has_no_more_than_its_share_however_many_are_free() {
        var places = new Places(32, 8);

        assertThat(entered(places, SLOW, 32)).isEqualTo(8);
        places.leave(SLOW);
        assertThat(entered(places, SLOW, 32)).isOne();
    }

    @Test
    void when_all_is_taken_a_place_that_is_given_back_goes_to_a_company_that_has_none() {
        var places = new Places(32, 8);
        entered(places, SLOW, 32);
        while (entered(places, CompanyId.random(), 32) > 0) {
            assertThat(places.tryEnter(SLOW)).isFalse();
        }

        places.leave(SLOW);

        assertThat(places.tryEnter(SLOW)).isFalse();
        assertThat(places.tryEnter(QUICK)).isTrue();
    }

    @Test
    void a_place_that_was_given_elsewhere_is_taken_whatever_is_free() {
        var places = new Places(2);
        places.enter(SLOW);
        places.enter(SLOW);
        places.enter(QUICK);
        assertThat(places.taken()).isEqualTo(Map.of(SLOW, 2, QUICK, 1));
        assertThat(places.tryEnter(CompanyId.random())).isFalse();

        places.leave(QUICK);
        places.leave(SLOW);

        assertThat(places.taken()).as("who has none is forgotten").isEqualTo(Map.of(SLOW, 1));
        assertThat(places.tryEnter(QUICK)).isTrue();
    }

    @Test
    void a_single_place_is_anybodys() {
        var places = new Places(1);

        assertThat(entered(places, SLOW, 2)).isOne();
        assertThat(places.tryEnter(QUICK)).isFalse();
        places.leave(SLOW);
        assertThat(places.tryEnter(QUICK)).isTrue();
    }

    @Test
    void a_place_that_is_given_back_is_free_for_the_same_company_and_no_more_than_one() {
        var places = new Places(4);
        entered(places, SLOW, 2);

        places.leave(SLOW);

        assertThat(entered(places, SLOW, 2)).isOne();
    }

    @Test
    void many_at_once_never_hold_more_than_there_is_and_give_all_of_it_back() throws Exception {
        var places = new Places(8);
        List<CompanyId> companies =
                List.of(CompanyId.random(), CompanyId.random(), CompanyId.random(), CompanyId.random());
        List<Crowd> crowds =
                companies.stream().map(company -> new Crowd(places, company)).toList();
        var inside = new AtomicInteger();
        var together = new CyclicBarrier(32);

        List<Future<Void>> ends;
        try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
            ends = threads.invokeAll(IntStream.range(0, 32)
                    .mapToObj(n -> crowds.get(n % crowds.size()).member(together, inside))
                    .toList());
        }

        for (Future<Void> end : ends) {
            end.get();
        }
        assertThat(crowds).allSatisfy(crowd -> assertThat(crowd.visits.get()).isPositive());
        assertThat(entered(places, companies.getFirst(), 8)).isEqualTo(3);
        assertThat(entered(places, companies.getLast(), 8)).isEqualTo(2);
    }

    private static long entered(Places places, CompanyId company, int times) {
        return IntStream.range(0, times).filter(n -> places.tryEnter(company)).count();
    }

    /** The threads of one company, which count how many of them are inside. */
    private static final class Crowd {
        private final Places places;
        private final CompanyId company;
        private final AtomicInteger own = new AtomicInteger();
        private final AtomicInteger visits = new AtomicInteger();

        Crowd(Places places, CompanyId company) {
            this.places = places;
            this.company = company;
        }

        Callable<Void> member(CyclicBarrier together, AtomicInteger inside) {
            return () -> {
                together.await();
                for (int n = 0; n < 500; n++) {
                    if (places.tryEnter(company)) {
                        visits.incrementAndGet();
                        assertThat(own.incrementAndGet()).isLessThanOrEqualTo(3);
                        assertThat(inside.incrementAndGet()).isLessThanOrEqualTo(8);
                        Thread.yield();
                        inside.decrementAndGet();
                        own.decrementAndGet();
                        places.leave(company);
                    }
                }
                return null;
            };
        }
    }
}
