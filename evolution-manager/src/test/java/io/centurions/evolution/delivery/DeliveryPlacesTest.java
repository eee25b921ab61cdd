package io.centurions.evolution.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.evolution.evolution.EvolutionConfig;
import io.centurions.platform.providers.ProvidersConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What one company may take of the delivery and what a shutdown gives it, by the settings that we ship. */
class DeliveryPlacesTest {

    @Test
    void one_hanging_company_leaves_half_of_the_delivery_to_the_rest() throws IOException {
        SmallRyeConfig config = shipped();

        // Its calls fill its places at the provider, and what is more of it fails at once and comes again later.
        int places = config.getConfigMapping(ProvidersConfig.class)
                .limits()
                .get("evolution")
                .atOncePerCompany();

        assertThat(config.getConfigMapping(DeliveryConfig.class).conversationsAtOnce())
                .isGreaterThanOrEqualTo(2 * places);
    }

    @Test
    void a_shutdown_waits_for_the_longest_call_on_the_wire() throws IOException {
        SmallRyeConfig config = shipped();

        assertThat(config.getConfigMapping(DeliveryConfig.class).grace())
                .isGreaterThan(config.getConfigMapping(EvolutionConfig.class)
                        .callTimeout()
                        .plus(DeliverConversation.SLACK));
    }

    private static SmallRyeConfig shipped() throws IOException {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(DeliveryConfig.class.getResource("/application.properties")))
                .withDefaultValue("EVOLUTION_API_KEY", "a key")
                .withMapping(DeliveryConfig.class)
                .withMapping(EvolutionConfig.class)
                .withMapping(ProvidersConfig.class)
                .build();
    }
}
