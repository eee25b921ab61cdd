package io.centurions.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * All simulated providers in this process, listening on one port. Several can run side by side, each with its own state.
 * Thread-safe; {@link #close()} stops it and everything that it still had to deliver.
 */
public final class Sandbox implements AutoCloseable {

    private static final long START_SECONDS = 30;

    private final Vertx vertx;
    private final SandboxServer server;

    private Sandbox(Vertx vertx, SandboxServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /**
     * Starts with the settings of the environment, and returns once it listens.
     *
     * @param port 0 takes a free one
     * @throws IllegalStateException when the port is taken or the state folder is unusable
     */
    public static Sandbox start(int port) {
        return start(SandboxConfig.ofEnvironment().with("PORT", Integer.toString(port)));
    }

    /** @throws IllegalStateException when the port is taken or the state folder is unusable */
    public static Sandbox start(SandboxConfig config) {
        // One event loop: all state is touched by one thread and needs no lock.
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        SandboxServer server = new SandboxServer(config);
        try {
            vertx.deployVerticle(server)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
            return new Sandbox(vertx, server);
        } catch (ExecutionException | TimeoutException failed) {
            vertx.close();
            Throwable cause = failed instanceof ExecutionException ? failed.getCause() : failed;
            throw new IllegalStateException(
                    "the sandbox could not start on port " + config.port() + ": " + cause.getMessage(), cause);
        } catch (InterruptedException interrupted) {
            vertx.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the sandbox was starting", interrupted);
        }
    }

    public int port() {
        return server.port();
    }

    /** Scheme, host and port, without a slash at the end. */
    public String baseUrl() {
        return server.baseUrl();
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the sandbox did not stop", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
