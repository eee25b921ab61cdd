package io.centurions.sandbox;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Runs the sandbox as a process until it is told to stop. */
public final class SandboxMain {

    private SandboxMain() {}

    /** One plain line per event, each saying that it is simulated; at the end that it was asked for, a last word. */
    public static void main(String[] args) throws InterruptedException {
        if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
            System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tT.%1$tL %4$s %3$s %5$s%6$s%n");
        }
        Sandbox sandbox;
        try {
            sandbox = Sandbox.start(SandboxConfig.ofEnvironment());
        } catch (IllegalStateException refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop(sandbox);
                            stopped.countDown();
                        },
                        "sandbox-stop"));
        stopped.await();
    }

    // The last word is the services': who ends without it counts as dead. The balancer's has its twin in Balancer.
    private static void stop(Sandbox sandbox) {
        long began = System.nanoTime();
        sandbox.close();
        System.out.printf(
                Locale.ROOT,
                "{\"timestamp\":\"%s\",\"level\":\"INFO\",\"message\":\"sandbox stopped in %.3fs\"}%n",
                Instant.now(),
                (System.nanoTime() - began) / 1e9);
    }
}
