package io.centurions.capi;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.lead.LeadCreated;
import io.centurions.contracts.lead.LeadSource;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.planted.PlantedSecret;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** A company's own token and the installation's, looked for wherever they must not be. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class PlantedSecretIT {

    @Inject
    RedisDataSource redis;

    @Inject
    Secrets secrets;

    @Test
    void no_token_gets_out_while_conversions_fail_and_succeed() {
        try (var own = PlantedSecret.fresh();
                var installations = PlantedSecret.known("sandbox-meta-token")) {
            var withOwn = World.withPixel(redis);
            withOwn.sealedToken(secrets.seal(withOwn.company, "access_token", own.text()));
            var without = World.withPixel(redis);
            var refused = World.withPixel(redis);
            refused.sealedToken(secrets.seal(refused.company, "access_token", own.text() + "-expired"));
            withOwn.fault(503, 1, "Sorry, something went wrong.");
            without.fault(0, 1, "");

            for (World world : new World[] {withOwn, without, refused}) {
                world.tell(new LeadCreated(world.adLead(), LeadSource.WHATSAPP_AD, null));
            }

            withOwn.awaitStatus("LeadSubmitted", "sent");
            without.awaitStatus("LeadSubmitted", "sent");
            refused.awaitStatusOfOnlyRow("parked");
            assertThat(own.places()).isEmpty();
            assertThat(installations.places()).isEmpty();
        }
    }
}
