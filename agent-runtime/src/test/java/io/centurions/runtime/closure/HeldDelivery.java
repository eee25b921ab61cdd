package io.centurions.runtime.closure;

import io.centurions.platform.tenancy.Database;
import java.util.stream.Stream;

/** The delivery of a waiting burst's conversation, kept from the running loop until the test lets go: its calls begin and end as the test says. */
record HeldDelivery(WaitingBurst waiting, Database database) {

    static HeldDelivery of(WaitingBurst waiting, Database database) {
        waiting.change("delivery_fence = 7, delivery_lease_until = clock_timestamp() + interval '10 minutes'");
        return new HeldDelivery(waiting, database);
    }

    void begin() {
        ask("SELECT core.claim_bubble_v1($1, 7, interval '5 min', interval '10 s')");
    }

    void settle(String outcome, String providerId) {
        onTheWire("SELECT core.settle_bubble_v2(b.id, 7, $2::text, $3::text, NULL, NULL)", outcome, providerId);
    }

    void onTheWire(String what, Object... parameters) {
        database.onceAsCompany(
                waiting.turn().company(),
                what + " FROM core.messages b WHERE b.company_id = $1 AND b.status = 'sending'",
                Stream.concat(Stream.of(waiting.company()), Stream.of(parameters))
                        .toArray());
    }

    void ask(String what) {
        database.onceAsCompany(
                waiting.turn().company(), what, waiting.turn().conversation().value());
    }
}
