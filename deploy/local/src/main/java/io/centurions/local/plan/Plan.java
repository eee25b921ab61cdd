package io.centurions.local.plan;

import io.centurions.local.balance.Balancer;
import io.centurions.local.place.Chosen;
import io.centurions.local.place.Home;
import io.centurions.local.place.Ports;
import io.centurions.local.place.Secrets;
import io.centurions.local.process.Member;
import io.centurions.local.process.Probe;
import io.centurions.local.process.TakenPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processes that speak HTTP: the sandbox, the five services and what stands before their replicas, ready to be started. */
public final class Plan {

    public static final String SANDBOX = "sandbox";
    public static final String BALANCER = "balancer";

    // From this version on the JVM warns of what Netty and protobuf do, in lines that are no JSON; older ones do not
    // know the options.
    private static final int FIRST_TO_WARN = 23;

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Home home;
    private final Chosen chosen;
    private final Ports ports;
    private final boolean humanPace;
    private final Environments environments;

    public Plan(Home home, Chosen chosen, Parts parts, Secrets secrets, Stores stores) {
        this.home = home;
        this.chosen = chosen;
        this.ports = chosen.ports();
        this.humanPace = chosen.humanPace();
        this.environments = new Environments(chosen, parts, secrets, stores);
    }

    public static Probe sandboxServes(Ports ports) {
        return new HttpProbe("http://localhost:" + ports.sandbox() + "/oidc/.well-known/openid-configuration");
    }

    public static Probe serves(Replica replica) {
        return new ServiceProbe(replica.port());
    }

    /** Whether somebody listens before the replicas. */
    public static Probe balances(Chosen chosen) {
        return () -> fronts(chosen)
                .filter(service -> TakenPort.isFree(service.frontPort(chosen.ports())))
                .findFirst()
                .map(service -> "nobody listens for " + service.module());
    }

    /** Every process of every service. */
    public static List<Replica> replicas(Chosen chosen) {
        return Stream.of(Service.values())
                .flatMap(service -> service.replicas(chosen))
                .toList();
    }

    private static Stream<Service> fronts(Chosen chosen) {
        return Stream.of(Service.values()).filter(service -> service.hasBalancer(chosen));
    }

    public Member sandbox() {
        List<String> command = new ArrayList<>(java(chosen.replicas() > 1 ? "384m" : "128m"));
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

    /** What stands before services of several processes; none where each has one. */
    public Optional<Member> balancer() {
        List<String> lines = fronts(chosen)
                .map(service -> service.frontPort(ports) + "="
                        + service.replicas(chosen)
                                .map(replica -> Integer.toString(replica.port()))
                                .collect(Collectors.joining(",")))
                .toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(java("128m"));
        Path local = home.root().resolve("deploy/local/target");
        command.addAll(
                List.of("-cp", local.resolve("classes") + ":" + local.resolve("lib") + "/*", Balancer.class.getName()));
        command.addAll(lines);
        return Optional.of(new Member(
                BALANCER,
                fronts(chosen).findFirst().orElseThrow().frontPort(ports),
                command,
                Map.of("MALLOC_ARENA_MAX", "2"),
                Withheld.NAMES,
                home.log(BALANCER),
                balances(chosen),
                PATIENCE,
                "TERM"));
    }

    public List<Member> services() {
        return replicas(chosen).stream().map(this::service).toList();
    }

    private Member service(Replica replica) {
        Service service = replica.service();
        Path target = home.root().resolve(service.module()).resolve("target");
        Path jar = target.resolve("quarkus-app/quarkus-run.jar");
        List<String> command = new ArrayList<>(java("192m"));
        command.addAll(StartArchive.options(
                jar, target, replica.number() == 1, Runtime.version().feature()));
        command.addAll(List.of("-jar", jar.toString()));
        return new Member(
                replica.name(),
                replica.port(),
                command,
                environments.of(replica),
                Withheld.NAMES,
                home.log(replica.name()),
                serves(replica),
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
                // Without memory a process lives on and answers nobody; one that has ended is started again.
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8"));
        if (Runtime.version().feature() >= FIRST_TO_WARN) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        return command;
    }
}
