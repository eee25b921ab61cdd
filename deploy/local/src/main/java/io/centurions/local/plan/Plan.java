package io.centurions.local.plan;

import io.centurions.local.place.Chosen;
import io.centurions.local.place.Home;
import io.centurions.local.place.Ports;
import io.centurions.local.place.Secrets;
import io.centurions.local.process.Member;
import io.centurions.local.process.Probe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The processes that speak HTTP: the sandbox and the five services, ready to be started. */
public final class Plan {

    public static final String SANDBOX = "sandbox";

    // From this version on the JVM warns of what Netty and protobuf do, in lines that are no JSON; older ones do not
    // know the options.
    private static final int FIRST_TO_WARN = 23;

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Home home;
    private final Ports ports;
    private final boolean humanPace;
    private final Environments environments;

    public Plan(Home home, Chosen chosen, Parts parts, Secrets secrets, Stores stores) {
        this.home = home;
        this.ports = chosen.ports();
        this.humanPace = chosen.humanPace();
        this.environments = new Environments(chosen, parts, secrets, stores);
    }

    public static Probe sandboxServes(Ports ports) {
        return new HttpProbe("http://localhost:" + ports.sandbox() + "/oidc/.well-known/openid-configuration");
    }

    public static Probe serves(Service service, Ports ports) {
        return new HttpProbe(service.address(ports) + "/q/health/ready");
    }

    public Member sandbox() {
        List<String> command = new ArrayList<>(java("96m"));
        command.addAll(List.of(
                "-cp", home.root().resolve("deploy/local/target/lib") + "/*", "io.centurions.sandbox.SandboxMain"));
        return new Member(
                SANDBOX,
                ports.sandbox(),
                command,
                Map.of(
                        "PORT",
                        Integer.toString(ports.sandbox()),
                        "SANDBOX_PUBLIC_URL",
                        "http://localhost:" + ports.sandbox(),
                        "SANDBOX_PACE",
                        humanPace ? "human" : "fast",
                        "SANDBOX_STATE",
                        home.sandbox().toString(),
                        "MALLOC_ARENA_MAX",
                        "2"),
                Withheld.NAMES,
                home.log(SANDBOX),
                sandboxServes(ports),
                PATIENCE,
                "TERM");
    }

    public List<Member> services() {
        return Stream.of(Service.values()).map(this::service).toList();
    }

    private Member service(Service service) {
        Path jar = home.root().resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
        List<String> command = new ArrayList<>(java("192m"));
        command.addAll(List.of("-jar", jar.toString()));
        return new Member(
                service.module(),
                service.port(ports),
                command,
                environments.of(service),
                Withheld.NAMES,
                home.log(service.module()),
                serves(service, ports),
                PATIENCE,
                "TERM");
    }

    private static List<String> java(String heap) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                // One small heap per process and two cores for all: the plain collector and compiler start and idle
                // cheapest.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8"));
        if (Runtime.version().feature() >= FIRST_TO_WARN) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        return command;
    }
}
