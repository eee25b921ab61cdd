package io.centurions.runtime.think;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Settings;
import io.centurions.runtime.think.CenturionConfig.ModelChoice;
import io.centurions.runtime.think.CenturionConfig.Provider;
import org.junit.jupiter.api.Test;

class NotAllowedModelTest {

    @Test
    void an_address_that_may_not_be_typed_is_no_model() {
        var models = new ChatModels(ModelSettings.allowing(), null, null);
        var choice = new ModelChoice(Provider.OLLAMA, "http://169.254.169.254", "m", null, 0);

        assertThatThrownBy(() -> models.of(CompanyId.random(), choice)).isInstanceOf(ModelNotAllowed.class);
    }

    @Test
    void the_installations_key_cannot_be_sent_to_an_address_that_a_company_typed() {
        var models = new ChatModels(ModelSettings.allowing("gpu-1.internal"), null, Settings.providers());
        var choice = new ModelChoice(Provider.OPENAI, "http://gpu-1.internal/v1", "m", "env:OPENAI_API_KEY", 0);

        assertThatThrownBy(() -> models.of(CompanyId.random(), choice))
                .isInstanceOf(ModelNotAllowed.class)
                .hasMessageContaining("key");
    }
}
