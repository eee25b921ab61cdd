package io.centurions.local;

import io.centurions.local.place.Chosen;
import io.centurions.local.place.Home;
import io.centurions.local.place.Ports;
import io.centurions.local.place.Secrets;
import io.centurions.local.plan.DatabaseAddress;
import io.centurions.local.plan.Part;
import io.centurions.local.plan.Parts;
import io.centurions.local.plan.Plan;
import io.centurions.local.plan.RedisAddress;
import io.centurions.local.plan.Service;
import io.centurions.local.plan.Stores;
import io.centurions.local.process.Member;
import io.centurions.local.store.EmbeddedPostgres;
import io.centurions.local.store.EmbeddedRedis;
import io.centurions.local.store.MigrateDatabase;
import io.centurions.platform.secrets.KeyRing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One fleet as it is meant to be on these ports and in this environment: the same every time it is asked, whoever asks. */
final class Fleet {

    private final Home home;
    private final Chosen chosen;
    private final Parts parts;
    private final Secrets secrets;
    private final Optional<EmbeddedPostgres> postgres;
    private final Optional<EmbeddedRedis> redis;

    Fleet(Home home, Chosen chosen, Parts parts) {
        this.home = home;
        this.chosen = chosen;
        this.parts = parts;
        this.secrets = Secrets.in(home.secrets());
        this.postgres = parts.isReal(Part.POSTGRES)
                ? Optional.empty()
                : Optional.of(new EmbeddedPostgres(home, chosen.ports(), secrets));
        this.redis = parts.isReal(Part.REDIS) ? Optional.empty() : Optional.of(new EmbeddedRedis(home, chosen.ports()));
    }

    Ports ports() {
        return chosen.ports();
    }

    Chosen chosen() {
        return chosen;
    }

    Parts parts() {
        return parts;
    }

    Optional<EmbeddedPostgres> postgres() {
        return postgres;
    }

    Optional<EmbeddedRedis> redis() {
        return redis;
    }

    Member sandbox() {
        return plan().sandbox();
    }

    Optional<Member> balancer() {
        return plan().balancer();
    }

    List<Member> services() {
        return plan().services();
    }

    /** All processes, those first that others need. */
    List<Member> members() {
        List<Member> all = new ArrayList<>();
        postgres.ifPresent(embedded -> all.add(embedded.member()));
        redis.ifPresent(embedded -> all.add(embedded.member()));
        all.add(sandbox());
        balancer().ifPresent(all::add);
        all.addAll(services());
        return all;
    }

    /** Brings the database to what the services need. */
    int migrate() {
        DatabaseAddress direct = stores().direct();
        Map<String, String> moduleOfSlice = new LinkedHashMap<>();
        Map<String, String> passwords = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            moduleOfSlice.put(service.slice(), service.module());
            passwords.put(service.role(), secrets.password(service.role()));
        }
        return new MigrateDatabase(home, shownDatabase(), direct.jdbc(), direct.user(), direct.password())
                .migrate(moduleOfSlice, passwords);
    }

    /** Trouble when the Redis of the environment does not answer: without it the services would only say that they are not ready. */
    void reachRealStores() {
        if (parts.isReal(Part.REDIS)) {
            RedisAddress.reach(parts.given("REDIS_URL").orElseThrow());
        }
    }

    private String shownDatabase() {
        if (postgres.isPresent()) {
            return "the database";
        }
        return "the database of "
                + (parts.given("DATABASE_DIRECT_URL").isPresent() ? "DATABASE_DIRECT_URL" : "DATABASE_URL");
    }

    private Plan plan() {
        return new Plan(home, chosen, parts, secrets, stores());
    }

    private Stores stores() {
        String database = postgres.map(EmbeddedPostgres::address)
                .orElseGet(() -> parts.given("DATABASE_URL").orElseThrow());
        String direct = postgres.isPresent()
                ? database
                : parts.given("DATABASE_DIRECT_URL").orElse(database);
        return new Stores(
                DatabaseAddress.parse("DATABASE_URL", database),
                DatabaseAddress.parse("DATABASE_DIRECT_URL", direct),
                redis.map(EmbeddedRedis::address)
                        .orElseGet(() -> parts.given("REDIS_URL").orElseThrow()),
                parts.given("SECRETS_KEYRING").orElseGet(() -> secrets.kept("SECRETS_KEYRING", KeyRing::generate)),
                home.files().toString());
    }
}
