package io.centurions.platform.consumercontract.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.testkit.Operators;
import io.centurions.platform.testkit.isolation.InterleavingProof;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The whole service behind a pooler that gives its connections to somebody else after each transaction. */
public abstract class ServiceBehindPooler extends InterleavingProof {

    @Test
    public void it_becomes_ready() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> Operators.readiness().then().statusCode(200));
    }

    /** Outside of a transaction the pooler may take another connection of the server for each message. */
    @Test
    public void a_statement_of_its_own_is_executed_where_it_is_prepared() {
        List<Integer> sent = IntStream.range(0, 100).boxed().toList();

        assertThat(sent).map(ThroughDatabase::alone).isEqualTo(sent);
    }

    @Override
    protected final List<UUID> ask(UUID company, String sql) {
        return ThroughDatabase.ask(company, sql);
    }
}
