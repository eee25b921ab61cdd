package io.centurions.bench.stage;

import io.centurions.local.place.Chosen;
import io.centurions.local.place.Home;
import io.centurions.local.place.Ports;
import io.centurions.local.place.Secrets;
import io.centurions.local.plan.DatabaseAddress;
import io.centurions.local.plan.Parts;
import io.centurions.local.plan.Plan;
import io.centurions.local.plan.Service;
import io.centurions.local.plan.ServiceProbe;
import io.centurions.local.plan.Stores;
import io.centurions.local.process.Crew;
import io.centurions.local.process.Member;
import io.centurions.local.process.Roster;
import io.centurions.local.process.Running;
import io.centurions.local.process.StopMember;
import io.centurions.local.process.TakenPort;
import io.centurions.local.store.EmbeddedPostgres;
import io.centurions.local.store.EmbeddedRedis;
import io.centurions.local.store.MigrateDatabase;
import io.centurions.platform.secrets.KeyRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The servers and services of one run. Data is made anew; nothing of an ordinary fleet is touched. */
public final class Stage implements AutoCloseable {

    private static final int PROVIDERS = 11;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    // Of PostgreSQL for all benchmarks and their references alike: tables that fit, and no checkpoint every few
    // seconds.
    private static final List<String> POSTGRES_SETTINGS = List.of("shared_buffers=256MB", "max_wal_size=2GB");
    private static final List<String> POSTGRES_PROFILED = List.of(
            "shared_preload_libraries=pg_stat_statements",
            "pg_stat_statements.track=all",
            "pg_stat_statements.track_planning=on",
            "track_functions=all");

    private final Home home;
    private final Ports ports;
    private final Roster roster;
    private final Crew crew;
    private final Secrets secrets;
    private final EmbeddedPostgres postgres;
    private final EmbeddedRedis redis;
    private final boolean profiling;

    /** @param profiling each service writes a flight recording beside its log, and PostgreSQL counts what its statements take */
    public Stage(Home home, Ports ports, boolean profiling) {
        this.home = home;
        this.ports = ports;
        this.profiling = profiling;
        this.roster = new Roster(home.run());
        this.crew = new Crew(roster);
        home.make();
        this.secrets = Secrets.in(home.secrets());
        this.postgres = new EmbeddedPostgres(home, ports, secrets);
        this.redis = new EmbeddedRedis(home, ports);
    }

    /** Starts stores and sandbox with nothing in them. */
    public void open() {
        for (int offset = 0; offset < Ports.SPAN; offset++) {
            TakenPort.refuse("bench", ports.at(offset));
        }
        Home.remove(home.postgres());
        Home.remove(home.redis());
        Home.remove(home.sandbox());
        redis.prepare();
        await(redis.member());
        postgres.prepare();
        await(tuned(postgres.member()));
        postgres.makeDatabase();
        if (profiling) {
            sql().execute("CREATE EXTENSION pg_stat_statements");
        }
        migrate();
        await(plan().sandbox());
    }

    private Member tuned(Member server) {
        List<String> command = new ArrayList<>(server.command());
        POSTGRES_SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        if (profiling) {
            POSTGRES_PROFILED.forEach(setting -> command.addAll(List.of("-c", setting)));
        }
        return new Member(
                server.name(),
                server.port(),
                command,
                server.set(),
                server.withheld(),
                server.log(),
                server.ready(),
                server.patience(),
                server.signal());
    }

    private void migrate() {
        Map<String, String> moduleOfSlice = new LinkedHashMap<>();
        Map<String, String> passwords = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            moduleOfSlice.put(service.slice(), service.module());
            passwords.put(service.role(), secrets.password(service.role()));
        }
        DatabaseAddress address = address();
        new MigrateDatabase(home, "the bench's database", address.jdbc(), address.user(), address.password())
                .migrate(moduleOfSlice, passwords);
    }

    /** Starts a built service and waits until it is ready. */
    public Benched start(Service service, Settings settings) {
        Member planned = plan().services().stream()
                .filter(member -> member.name().equals(service.module()))
                .findFirst()
                .orElseThrow();
        return start(planned, home.root().resolve(service.module()), settings);
    }

    /** Starts another Quarkus application in the place of a service: with its login and what it is told. */
    public Benched startInPlaceOf(Service service, Path module, Settings settings) {
        Member planned = plan().services().stream()
                .filter(member -> member.name().equals(service.module()))
                .findFirst()
                .orElseThrow();
        return start(planned, module, settings);
    }

    private Benched start(Member planned, Path module, Settings settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings.java());
        if (profiling) {
            command.add("-XX:StartFlightRecording:settings=profile,dumponexit=true,filename="
                    + home.logs().resolve(settings.name() + ".jfr"));
        }
        command.addAll(List.of(
                "-jar", module.resolve("target/quarkus-app/quarkus-run.jar").toString()));
        Map<String, String> environment = new LinkedHashMap<>(planned.set());
        environment.put("PORT", Integer.toString(settings.port()));
        environment.put("MANAGEMENT_PORT", Integer.toString(Ports.management(settings.port())));
        environment.put("EVOLUTION_API_URL", "http://localhost:" + providersPort() + "/evolution");
        environment.put("OPENAI_BASE_URL", "http://localhost:" + providersPort() + "/openai/v1");
        environment.putAll(settings.extra());
        return new Benched(await(new Member(
                settings.name(),
                settings.port(),
                command,
                environment,
                planned.withheld(),
                home.log(settings.name()),
                new ServiceProbe(settings.port()),
                PATIENCE,
                "TERM")));
    }

    private Running await(Member member) {
        Running running = crew.startAnew(member);
        crew.await(member, running.handle());
        return running;
    }

    /** Ends one process in order. */
    public void stop(Benched benched) {
        benched.goOn();
        new StopMember(roster).stop(List.of(benched.running()), "TERM");
    }

    public Benched postgres() {
        return new Benched(roster.find(EmbeddedPostgres.NAME).orElseThrow());
    }

    public Benched redis() {
        return new Benched(roster.find(EmbeddedRedis.NAME).orElseThrow());
    }

    /**
     * Empties database and Redis before a benchmark, and returns when nothing is left to be cleaned up or written to
     * disk. While no service runs.
     */
    public void forget() {
        // Or the benchmark shares cores and disk with what the one before and the migrations left: dead rows to be
        // taken away, pages to be written.
        sql().execute("VACUUM");
        // Last, so that PostgreSQL knows as little of these tables as of a new database's. Of one that a vacuum has
        // seen
        // empty it plans as for an empty one until it is analysed.
        sql().execute("TRUNCATE core.companies CASCADE");
        sql().execute("CHECKPOINT");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports.redis())) {
            socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty Redis", e);
        }
    }

    public Sql sql() {
        DatabaseAddress address = address();
        return new Sql(address.jdbc(), address.user(), address.password());
    }

    /** The password of a service's login. */
    public String password(Service service) {
        return secrets.password(service.role());
    }

    public Ports ports() {
        return ports;
    }

    public Home home() {
        return home;
    }

    public Settings settings(Service service, String heap) {
        return new Settings(service.module(), service.port(ports), heap, Map.of());
    }

    /** Where the benchmark itself stands in for Evolution and the model. */
    public int providersPort() {
        return ports.at(PROVIDERS);
    }

    private DatabaseAddress address() {
        return DatabaseAddress.parse("DATABASE_URL", postgres.address());
    }

    private Plan plan() {
        Stores stores = new Stores(
                address(),
                address(),
                redis.address(),
                secrets.kept("SECRETS_KEYRING", KeyRing::generate),
                home.files().toString());
        // Whatever the shell names as real stays out of it: a benchmark must never write to a real database or
        // provider.
        return new Plan(home, new Chosen(ports, false, 1, Set.of()), Parts.of(Map.of()), secrets, stores);
    }

    /** Whether the end has begun: nothing is started any more. */
    public boolean isClosed() {
        return crew.isClosed();
    }

    /** Ends everything, in the order in which nothing is pulled away from under another. May be called twice. */
    @Override
    public synchronized void close() {
        crew.close();
        Set<String> stores = Set.of(EmbeddedPostgres.NAME, EmbeddedRedis.NAME);
        StopMember stop = new StopMember(roster);
        List<Running> mine = crew.mine();
        List<Running> others =
                mine.stream().filter(one -> !stores.contains(one.name())).toList();
        others.forEach(one -> new Benched(one).goOn());
        stop.stop(others, "TERM");
        stop.stop(named(mine, EmbeddedRedis.NAME), "TERM");
        stop.stop(named(mine, EmbeddedPostgres.NAME), "INT");
    }

    private static List<Running> named(List<Running> all, String name) {
        return all.stream().filter(one -> one.name().equals(name)).toList();
    }
}
