package io.centurions.platform.streams;

import static org.awaitility.Awaitility.await;

import io.centurions.contracts.Streams;
import io.centurions.contracts.contract.ContractSigned;
import io.centurions.contracts.deal.DealWon;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadConsumersTest {

    private static final StreamsConfig CONFIG = new Replica.Config(Duration.ofHours(1), Duration.ofHours(1));
    private static final String FIRST = Streams.key(ContractSigned.TYPE);
    private static final String SECOND = Streams.key(DealWon.TYPE);

    private final Set<String> claimed = ConcurrentHashMap.newKeySet();
    private final Set<String> cleared = ConcurrentHashMap.newKeySet();
    private DeadConsumers dead;

    @AfterEach
    void close() {
        dead.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WRONGTYPE Operation against a key holding the wrong kind of value",
                "NOGROUP No such key 'stream:contract.signed' or consumer group 'capi-dispatcher'",
                "ERR no such key script: 5ad, on @user_script:2."
            })
    void a_stream_that_cannot_be_claimed_just_now_holds_up_no_other(String refusal) {
        WorkGroup group = refusing(refusal);
        Consumers consumers = new Consumers(
                List.of(new SignedContracts(null, null, null), Replica.consumer(Outcome::done)), Replica.GROUP);
        dead = new DeadConsumers(group, consumers, new Handling(group, null, null, CONFIG), CONFIG);

        dead.start();

        await().until(() -> claimed.contains(SECOND) && cleared.contains(SECOND));
    }

    private WorkGroup refusing(String refusal) {
        return new WorkGroup(null, null, Replica.GROUP, CONFIG) {
            @Override
            Claimed claim(String key, String cursor) {
                onlyTheSecond(key);
                claimed.add(key);
                return new Claimed(EntryIds.BEGINNING, List.of());
            }

            @Override
            void forgetTheGone(String key) {
                onlyTheSecond(key);
                cleared.add(key);
            }

            private void onlyTheSecond(String key) {
                if (key.equals(FIRST)) {
                    throw new IllegalStateException(refusal);
                }
            }
        };
    }
}
