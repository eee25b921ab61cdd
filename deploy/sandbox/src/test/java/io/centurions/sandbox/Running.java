package io.centurions.sandbox;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A sandbox and a stand-in for the fleet, fresh for each test class; provider waits are a hundredth of the real ones. */
public abstract class Running {

    protected static Sandbox sandbox;
    protected static Fleet fleet;
    protected static Http http;

    @BeforeAll
    static void startBoth() {
        sandbox = Sandbox.start(
                new SandboxConfig(Map.of("PORT", "0", "SANDBOX_AUTO_SCAN", "false", "SANDBOX_RETRY_SCALE", "0.01")));
        fleet = new Fleet();
        http = new Http(sandbox.baseUrl());
    }

    @AfterAll
    static void stopBoth() {
        sandbox.close();
        fleet.close();
    }
}
