package io.centurions.chaos.world;

import io.centurions.local.place.Chosen;
import io.centurions.local.place.Home;
import io.centurions.local.place.Secrets;
import io.centurions.local.place.Trouble;
import io.centurions.local.plan.DatabaseAddress;
import io.centurions.local.plan.Plan;
import io.centurions.local.plan.Replica;
import io.centurions.local.plan.Service;
import io.centurions.local.process.Probe;
import io.centurions.local.process.Roster;
import io.centurions.local.process.Running;
import io.centurions.local.store.EmbeddedPostgres;
import io.centurions.local.store.EmbeddedRedis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The fleet that runs in a state folder: its processes, what is listening where, and its doors. */
public final class Fleet {

    private final Roster roster;
    private final Chosen chosen;
    private final EmbeddedPostgres postgres;
    private final EmbeddedRedis redis;
    private final Sandbox sandbox;

    private Fleet(Home home, Chosen chosen) {
        this.roster = new Roster(home.run());
        this.chosen = chosen;
        this.postgres = new EmbeddedPostgres(home, chosen.ports(), Secrets.in(home.secrets()));
        this.redis = new EmbeddedRedis(home, chosen.ports());
        this.sandbox = new Sandbox("http://localhost:" + chosen.ports().sandbox());
    }

    /** @throws Trouble when none runs there, or one with real parts: those are not ours to break */
    public static Fleet in(Home home) {
        Chosen chosen =
                Chosen.kept(home).orElseThrow(() -> new Trouble("no fleet runs here: ./fleet chaos starts one"));
        if (!chosen.variables().isEmpty()) {
            throw new Trouble("chaos breaks what is embedded and simulated only; unset " + chosen.variables());
        }
        return new Fleet(home, chosen);
    }

    /** The processes of the services by name, each with what tells that it serves. */
    public Map<String, Probe> services() {
        Map<String, Probe> probes = new LinkedHashMap<>();
        for (Replica replica : Plan.replicas(chosen)) {
            probes.put(replica.name(), Plan.serves(replica));
        }
        return probes;
    }

    public Probe postgresServes() {
        return postgres.member().ready();
    }

    public Probe redisServes() {
        return redis.member().ready();
    }

    public int redisPort() {
        return chosen.ports().redis();
    }

    /** @throws Trouble when it does not run */
    public long pid(String process) {
        return roster.find(process).map(Running::pid).orElseThrow(() -> new Trouble(process + " does not run"));
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public Backoffice backoffice() {
        return new Backoffice(Service.BACKOFFICE.address(chosen.ports()), sandbox.ownersToken());
    }

    public Database database() {
        DatabaseAddress address = DatabaseAddress.parse("the fleet's database", postgres.address());
        return new Database(address.jdbc(), address.user(), address.password());
    }

    /** Sets up several companies, one after another. */
    public List<Company> companies(int count, String run) {
        Backoffice backoffice = backoffice();
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new SetUpCompany(backoffice, number, run).make())
                .toList();
    }
}
