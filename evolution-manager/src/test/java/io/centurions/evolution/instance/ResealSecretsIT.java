package io.centurions.evolution.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.evolution.OwnAddress;
import io.centurions.evolution.TestInstance;
import io.centurions.platform.secrets.RotateKeys;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@QuarkusTestResource(OwnAddress.class)
class ResealSecretsIT {

    @Inject
    ResealSecrets resealSecrets;

    @Inject
    Secrets secrets;

    @ConfigProperty(name = "centurions.secrets.keyring")
    String keyRing;

    @Test
    void after_a_change_of_the_key_an_instances_secrets_are_sealed_with_the_new_one() throws IOException {
        TestInstance instance = TestInstance.of(Companies.make("reseal"));
        instance.provide().statusCode(200);
        String before = sealedSecret(instance);
        Path ring = Path.of(keyRing.replaceFirst("^file:", ""));
        RotateKeys.step("add", ring);
        RotateKeys.step("promote", ring);
        assertThat(before).doesNotStartWith(secrets.mark());

        resealSecrets.run(() -> true);

        String after = sealedSecret(instance);
        assertThat(after).startsWith(secrets.mark());
        assertThat(secrets.open(instance.company().company(), "webhook_secret", after))
                .isEqualTo(instance.secret());
    }

    private static String sealedSecret(TestInstance instance) {
        return (String) Admin.get()
                .queryOne(
                        "SELECT sealed ->> 'webhook_secret' AS sealed FROM core.whatsapp_instances WHERE instance_id = ?",
                        instance.id())
                .get("sealed");
    }
}
