package io.centurions.autentique.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.autentique.contract.DueSignal;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ContractId;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SigningLoopTest {

    private static final SigningConfig CONFIG = new SigningConfig() {
        @Override
        public Duration poll() {
            return Duration.ofMillis(10);
        }

        @Override
        public int atOnce() {
            return 1;
        }

        @Override
        public Duration lease() {
            return Duration.ofMinutes(3);
        }

        @Override
        public Duration firstWait() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration longestWait() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration giveUpAfter() {
            return Duration.ofHours(24);
        }

        @Override
        public Duration reconcileAfter() {
            return Duration.ofHours(6);
        }
    };

    @Test
    void it_goes_on_after_an_error_an_exception_and_a_contract_that_fails() throws InterruptedException {
        var rounds = new AtomicInteger();
        var advanced = new AtomicInteger();
        var claims = new SigningRepository(null) {
            @Override
            List<Held> claim(int limit, Duration lease) {
                return switch (rounds.incrementAndGet()) {
                    case 1 -> throw new StackOverflowError("a round goes wrong");
                    case 2 -> throw new IllegalStateException("another one too");
                    case 3, 4 -> List.of(new Held(CompanyId.random(), ContractId.random(), 1));
                    default -> List.of();
                };
            }
        };
        var failing = new AdvanceContract(null, null, null, null, null) {
            @Override
            void advance(Held held) {
                advanced.incrementAndGet();
                throw new StackOverflowError("a contract goes wrong");
            }
        };
        var loop = new SigningLoop(claims, failing, new DueSignal(), CONFIG);

        loop.start(new StartupEvent());

        await().atMost(Duration.ofSeconds(10)).until(() -> rounds.get() >= 6);
        loop.stop(new ShutdownEvent());
        assertThat(advanced).hasValue(2);
    }
}
