package io.centurions.platform.providers;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All providers of a process, each under the name by which it is configured, counted and logged. */
@ApplicationScoped
public class Providers {

    private final ProvidersConfig config;
    private final MeterRegistry meters;
    private final Provider.Tools tools;
    private final Map<String, Provider> named = new ConcurrentHashMap<>();

    @Inject
    public Providers(ProvidersConfig config, MeterRegistry meters) {
        this.config = config;
        this.meters = meters;
        this.tools = new Provider.Tools(new Wire(config.connectLimit()), new Repeat(), new ConcurrentHashMap<>());
    }

    /** Begins with all that the service has, so that each is shown before its first call. */
    void start(@Observes StartupEvent started) {
        config.names().ifPresent(names -> names.forEach(this::named));
    }

    /** The provider of that name; the same one at each call. */
    public Provider named(String name) {
        return named.computeIfAbsent(name, id -> new Provider(id, config, tools, new Calls(meters, id)));
    }

    /** Ends what is on its way. */
    @PreDestroy
    public void close() {
        tools.wire().close();
    }
}
