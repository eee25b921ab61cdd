package io.centurions.runtime;

import io.centurions.platform.secrets.Secrets;
import jakarta.enterprise.inject.spi.CDI;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test that asks for a {@link Scene} one of its own, with a Telegram webhook, and ends its faults after it. */
public final class OpenScene implements ParameterResolver, AfterEachCallback {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(OpenScene.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Scene.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        String runtime = ConfigProvider.getConfig().getValue("test.url", String.class);
        Secrets secrets = CDI.current().select(Secrets.class).get();
        Scene scene = Scene.open(runtime, secrets).withTelegramWebhook();
        test.getStore(NAMESPACE).put(Scene.class, scene);
        return scene;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        test.getStore(NAMESPACE).get(Scene.class, Scene.class).faultsEnd();
    }
}
