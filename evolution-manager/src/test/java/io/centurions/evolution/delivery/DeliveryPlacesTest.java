package io.centurions.evolution.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.providers.ProvidersConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What one company may take of the delivery, by the settings that we ship. */
class DeliveryPlacesTest {

    @Test
    void one_hanging_company_leaves_half_of_the_delivery_to_the_rest() throws IOException {
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(DeliveryConfig.class.getResource("/application.properties")))
                .withMapping(DeliveryConfig.class)
                .withMapping(ProvidersConfig.class)
                .build();

        // Its calls fill its places at the provider, and what is more of it fails at once and comes again later.
        int places = config.getConfigMapping(ProvidersConfig.class)
                .limits()
                .get("evolution")
                .atOncePerCompany();

        assertThat(config.getConfigMapping(DeliveryConfig.class).conversationsAtOnce())
                .isGreaterThanOrEqualTo(2 * places);
    }
}
