package io.centurions.sandbox;

import java.util.concurrent.CountDownLatch;

/** Runs the sandbox as a process until it is told to stop. */
public final class SandboxMain {

    private SandboxMain() {}

    /** One plain line per event, each saying that it is simulated; at the end that it was asked for, a last word. */
    public static void main(String[] args) throws InterruptedException {
        PlainLines.write();
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

    // By this word whoever started it knows that it was asked to end: without it, it has died.
    private static void stop(Sandbox sandbox) {
        sandbox.close();
        System.out.println("sandbox: nothing is simulated any more");
    }
}
