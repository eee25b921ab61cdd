package io.centurions.local;

import io.centurions.local.place.Home;
import io.centurions.local.place.Trouble;
import io.centurions.local.process.Crew;
import io.centurions.local.process.Member;
import io.centurions.local.process.Roster;
import io.centurions.local.seed.SeedDemo;
import io.centurions.local.seed.TellSimulators;
import io.centurions.local.show.Progress;
import io.centurions.local.store.EmbeddedPostgres;
import io.centurions.local.store.EmbeddedRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** The start itself, in the order of what needs what: stores, migration, sandbox and services, demo company. What runs already is left alone. */
final class BringUp {

    private final Fleet fleet;
    private final Home home;
    private final Roster roster;
    private final Crew crew;
    private final Progress progress;

    BringUp(Home home, Fleet fleet, Roster roster, Crew crew, Progress progress) {
        this.home = home;
        this.fleet = fleet;
        this.roster = roster;
        this.crew = crew;
        this.progress = progress;
    }

    void run() {
        fleet.reachRealStores();
        fleet.redis().ifPresent(this::redis);
        fleet.postgres().ifPresent(this::postgres);
        // The sandbox needs no database: it starts while the migration runs.
        List<Started> speaking = new ArrayList<>(List.of(start(fleet.sandbox())));
        progress.waiting("migrating the database");
        int applied = fleet.migrate();
        progress.done(applied == 0 ? "database is up to date" : "database migrated (" + applied + " new)");
        fleet.balancer().ifPresent(balancer -> speaking.add(start(balancer)));
        fleet.services().forEach(service -> speaking.add(start(service)));
        awaitAll(speaking);
        new TellSimulators(fleet.chosen(), fleet.parts()).tell();
        progress.waiting("seeding the demo company");
        progress.done(new SeedDemo(fleet.ports(), fleet.parts(), fleet.chosen().humanPace()).seed());
        progress.waiting("");
    }

    private void redis(EmbeddedRedis redis) {
        if (roster.find(EmbeddedRedis.NAME).isEmpty()) {
            redis.prepare();
        }
        Started started = start(redis.member());
        try {
            await(started);
        } catch (Trouble e) {
            throw started.handle().isAlive() ? e : redis.ended(e);
        }
        progress.done("Redis on port " + redis.member().port());
    }

    private void postgres(EmbeddedPostgres postgres) {
        boolean runs = roster.find(EmbeddedPostgres.NAME).isPresent();
        if (!runs) {
            progress.waiting("preparing PostgreSQL");
            postgres.prepare();
        }
        Started started = start(postgres.member());
        try {
            await(started);
        } catch (Trouble e) {
            throw started.handle().isAlive() ? e : postgres.broken(e.getMessage());
        }
        postgres.makeDatabase();
        progress.done("PostgreSQL on port " + postgres.member().port() + ", data in " + home.shown(home.postgres()));
    }

    private Started start(Member member) {
        return new Started(
                member,
                roster.find(member.name())
                        .orElseGet(() -> crew.startAnew(member))
                        .handle());
    }

    private void await(Started started) {
        progress.waiting("waiting for " + started.member().name());
        crew.await(started.member(), started.handle());
    }

    // All at once; the first that fails ends the waiting.
    private void awaitAll(List<Started> several) {
        ExecutorService threads = Executors.newFixedThreadPool(several.size());
        try {
            CompletionService<Started> ready = new ExecutorCompletionService<>(threads);
            several.forEach(one -> ready.submit(() -> crew.await(one.member(), one.handle()), one));
            List<String> waiting =
                    several.stream().map(one -> one.member().name()).collect(Collectors.toCollection(ArrayList::new));
            while (!waiting.isEmpty()) {
                progress.waiting("waiting for " + String.join(", ", waiting));
                Started next = ready.take().get();
                waiting.remove(next.member().name());
                progress.done(next.member().name() + " on port " + next.member().port());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Trouble trouble
                    ? trouble
                    : new IllegalStateException("cannot wait for a process", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("stopped while starting", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private record Started(Member member, ProcessHandle handle) {}
}
