package io.centurions.sandbox;

import io.centurions.sandbox.autentique.AutentiqueSimulator;
import io.centurions.sandbox.calls.Gate;
import io.centurions.sandbox.calls.Stalls;
import io.centurions.sandbox.evolution.EvolutionSimulator;
import io.centurions.sandbox.instagram.InstagramSimulator;
import io.centurions.sandbox.meta.MetaSimulator;
import io.centurions.sandbox.oidc.OidcSimulator;
import io.centurions.sandbox.openai.OpenAiSimulator;
import io.centurions.sandbox.phone.Chats;
import io.centurions.sandbox.phone.Phone;
import io.centurions.sandbox.telegram.TelegramSimulator;
import io.centurions.sandbox.vault.VaultSimulator;
import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.Courier;
import io.centurions.sandbox.wire.Mischief;
import io.centurions.sandbox.wire.PublicAddress;
import io.centurions.sandbox.wire.RequestBody;
import io.centurions.sandbox.wire.StateFile;
import io.centurions.sandbox.wire.Surroundings;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Puts the simulators behind one HTTP server. */
final class SandboxServer extends AbstractVerticle {

    private static final Logger LOG = System.getLogger("sandbox");

    private final SandboxConfig config;
    private final PublicAddress address = new PublicAddress();
    private volatile int port;

    SandboxServer(SandboxConfig config) {
        this.config = config;
    }

    @Override
    public void start(Promise<Void> started) {
        Mischief mischief = new Mischief();
        Surroundings around = new Surroundings(
                vertx,
                address,
                new Courier(vertx, config.retryScale(), mischief),
                config.pace(),
                StateFile.in(config.stateFolder()));
        Router router = Router.router(vertx);
        router.route().handler(RequestBody::read);
        router.route().failureHandler(SandboxServer::failed);
        mischief.mount(router);
        new Stalls().mount(router, vertx);
        new Gate(config.callsKept()).mount(router);
        router.get("/health").handler(ctx -> Answer.json(ctx, 200, new JsonObject().put("status", "UP")));
        mountProviders(router, around);
        HttpServerOptions options =
                new HttpServerOptions().setHost(config.host()).setPort(config.port());
        vertx.createHttpServer(options)
                .requestHandler(router)
                .listen()
                .onSuccess(this::listening)
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void mountProviders(Router router, Surroundings around) {
        Chats chats = new Chats();
        EvolutionSimulator evolution = new EvolutionSimulator(around, chats, config.scansItself());
        evolution.mount(router);
        new OpenAiSimulator().mount(router);
        new OidcSimulator(around).mount(router);
        TelegramSimulator telegram = new TelegramSimulator(around, chats);
        telegram.mount(router);
        InstagramSimulator instagram = new InstagramSimulator(around, chats);
        instagram.mount(router);
        new AutentiqueSimulator(around).mount(router);
        new MetaSimulator().mount(router);
        new VaultSimulator().mount(router);
        new Phone(chats, List.of(evolution.channel(), instagram.channel(), telegram.channel()), around.state())
                .mount(router);
    }

    private void listening(HttpServer server) {
        port = server.actualPort();
        address.is(config.publicUrl().orElse("http://localhost:" + port));
        LOG.log(Level.INFO, "simulated providers listen at http://localhost:{0} (phone: /)", String.valueOf(port));
    }

    private static void failed(RoutingContext ctx) {
        if (ctx.failure() == null) {
            Answer.refuse(ctx, Math.max(ctx.statusCode(), 400), "no such address in the sandbox");
            return;
        }
        LOG.log(Level.ERROR, "simulated " + ctx.request().path() + " failed; runbook unexpected-error", ctx.failure());
        Answer.refuse(ctx, 500, "the sandbox failed: " + ctx.failure());
    }

    int port() {
        return port;
    }

    /** Always this machine: what runs in this process reaches it so, whatever its public address is. */
    String baseUrl() {
        return "http://localhost:" + port;
    }
}
