package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.EventId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.outbox.RedisLife;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.quarkus.redis.datasource.RedisDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/** In which life Redis is. A test that needs each of its events to come once must not begin in one that is over. */
@ApplicationScoped
class LivesOfRedis {

    private final RedisDataSource redis;
    private final Database database;
    private final Outbox outbox;

    LivesOfRedis(RedisDataSource redis, Database database, Outbox outbox) {
        this.redis = redis;
        this.database = database;
        this.outbox = outbox;
    }

    /** Null while nobody has begun one. */
    UUID now() {
        String value = redis.value(String.class).get(RedisLife.KEY);
        return value == null ? null : UUID.fromString(value.substring(0, 36));
    }

    /** Waits until the relay publishes in the life that Redis is in; a test before may just have emptied it. */
    void settle() {
        CompanyId company = Companies.make("lives").company();
        EventId event = database.asCompany(company, tx -> outbox.append(tx, WorkIT.deal()));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Admin.get()
                                .queryOne("SELECT generation FROM core.outbox_capi WHERE id = ?", event.value())
                                .get("generation"))
                        .isNotNull()
                        .isEqualTo(now()));
    }
}
