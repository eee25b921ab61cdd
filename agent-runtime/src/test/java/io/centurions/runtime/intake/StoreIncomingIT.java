package io.centurions.runtime.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.intake.Outcome;
import io.centurions.platform.intake.Webhook;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.Companies.DemoCompany;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.webhooks.Origin;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class StoreIncomingIT {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Inject
    StoreIncoming store;

    private final DemoCompany demo = Companies.make("lote");

    @Test
    void a_thing_whose_time_cannot_be_stored_takes_no_other_with_it() {
        List<Outcome> stored = store.store(
                webhook(),
                List.of(
                        arrived("1", "77", NOW),
                        arrived("2", "77", Instant.ofEpochSecond(9_999_999_999_999L)),
                        arrived("3", "77", NOW)));

        assertThat(stored).extracting(Outcome::word).containsExactly("stored", Outcome.UNSTORABLE, "stored");
        assertThat(inbound()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 400})
    void a_sender_whose_address_cannot_be_stored_takes_no_other_with_it(int length) {
        List<Outcome> stored =
                store.store(webhook(), List.of(arrived("1", "7".repeat(length), NOW), arrived("2", "78", NOW)));

        assertThat(stored.getLast().word()).isEqualTo("stored");
        assertThat(inbound()).isPositive();
    }

    private Webhook webhook() {
        return new Webhook(
                Origin.of("telegram", "probe", demo.company(), demo.telegram().value()), "{}".getBytes(UTF_8));
    }

    private Arrived arrived(String id, String chat, Instant at) {
        return new Arrived(
                InstanceId.of(demo.telegram().value()),
                new Incoming(
                        Incoming.What.MESSAGE,
                        Incoming.Ids.of(chat, id),
                        new Incoming.Sender("Ana", List.of(new Incoming.Identity("telegram", chat))),
                        Incoming.Content.text("oi"),
                        at));
    }

    private long inbound() {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.messages WHERE company_id = ? AND direction = 'in'",
                        demo.company().value());
    }
}
