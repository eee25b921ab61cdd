package io.centurions.local;

import io.centurions.local.place.Home;
import io.centurions.local.plan.Plan;
import io.centurions.local.process.Roster;
import io.centurions.local.process.Running;
import io.centurions.local.process.StopMember;
import io.centurions.local.store.EmbeddedPostgres;
import io.centurions.local.store.EmbeddedRedis;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Stops in the order in which nothing is pulled away from under another: services, sandbox, stores. */
final class StopAll {

    private static final Set<String> STORES = Set.of(EmbeddedPostgres.NAME, EmbeddedRedis.NAME);

    private final StopMember stop;
    private final Consumer<String> say;

    StopAll(Home home, Consumer<String> say) {
        this.stop = new StopMember(new Roster(home.run()));
        this.say = say;
    }

    void stop(List<Running> all) {
        stage(
                all.stream()
                        .filter(one ->
                                !STORES.contains(one.name()) && !one.name().equals(Plan.SANDBOX))
                        .toList(),
                "TERM");
        stage(
                all.stream()
                        .filter(one ->
                                one.name().equals(Plan.SANDBOX) || one.name().equals(EmbeddedRedis.NAME))
                        .toList(),
                "TERM");
        // INT is PostgreSQL's fast shutdown; with TERM it would wait for clients to leave.
        stage(
                all.stream()
                        .filter(one -> one.name().equals(EmbeddedPostgres.NAME))
                        .toList(),
                "INT");
    }

    private void stage(List<Running> several, String signal) {
        if (several.isEmpty()) {
            return;
        }
        List<String> forced = stop.stop(several, signal);
        String names = several.stream().map(Running::name).collect(Collectors.joining(", "));
        say.accept("stopped " + names + (forced.isEmpty() ? "" : " (by force: " + String.join(", ", forced) + ")"));
    }
}
