package io.centurions.chaos.plan;

import io.centurions.chaos.plan.Fault.How;
import io.centurions.chaos.plan.Fault.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The faults of a run, drawn from its seed: the same seed, length and processes give the same plan. Nothing begins in the first
 * seconds, when the load builds up, nor in the last, so that what goes on at the end goes on undisturbed.
 */
public final class FaultPlan {

    private static final int QUIET_START_S = 8;
    private static final int QUIET_END_S = 4;
    private static final int FREEZE_S = 40;
    /** Every so often each of the faults of the stores, a freeze and a roll come once. */
    private static final int ROUND_S = 90;
    /** What a process takes to end and to serve again, on a machine that is busy. */
    private static final int ROLL_S = 20;

    private static final List<String> ROLLED = List.of("agent-runtime", "evolution-manager");

    private final Random random;
    private final int seconds;
    private final List<String> processes;
    private final List<Planned> plan = new ArrayList<>();
    private final List<Frozen> frozen = new ArrayList<>();

    private record Frozen(String process, double from, double to) {}

    private FaultPlan(long seed, int seconds, List<String> processes) {
        this.random = new Random(seed);
        this.seconds = seconds;
        this.processes = List.copyOf(processes);
    }

    /**
     * @param seconds   how long the load lasts
     * @param processes the processes of the services, in a fixed order
     */
    public static List<Planned> draw(long seed, int seconds, List<String> processes) {
        return new FaultPlan(seed, seconds, processes).draw();
    }

    private List<Planned> draw() {
        rounds();
        kills();
        badProviders();
        rolls();
        plan.sort(Comparator.comparing(Planned::at));
        return List.copyOf(plan);
    }

    // A freeze comes first in its round, so that it is over before the load ends.
    private void rounds() {
        for (int from = QUIET_START_S; from < seconds - QUIET_END_S; from += ROUND_S) {
            int length = Math.min(ROUND_S, seconds - QUIET_END_S - from);
            if (length > FREEZE_S / 2) {
                freeze(from + random.nextDouble() * Math.max(1, length - FREEZE_S - 5));
                stores(from, length);
            }
        }
    }

    private void freeze(double at) {
        String process = processes.get(random.nextInt(processes.size()));
        double lasts = Math.min(FREEZE_S, seconds - at);
        frozen.add(new Frozen(process, at, at + lasts + 2));
        add(at, new Fault.Freeze(process, Duration.ofSeconds(Math.round(lasts))));
    }

    private void stores(int from, int length) {
        List<Fault> faults = new ArrayList<>(List.of(
                new Fault.KillRedis(),
                new Fault.Flush(),
                new Fault.RestartPostgres(false),
                new Fault.RestartPostgres(true)));
        Collections.shuffle(faults, random);
        double slot = (double) length / faults.size();
        for (int i = 0; i < faults.size(); i++) {
            add(from + (i + random.nextDouble() * 0.8) * slot, faults.get(i));
        }
    }

    private void kills() {
        double at = QUIET_START_S + random.nextDouble() * 5;
        while (at < seconds - QUIET_END_S) {
            double now = at;
            List<String> awake = processes.stream()
                    .filter(process -> frozen.stream()
                            .noneMatch(one -> one.process().equals(process) && now >= one.from() && now <= one.to()))
                    .toList();
            add(at, new Fault.Kill(awake.get(random.nextInt(awake.size()))));
            at += 15 + random.nextDouble() * 5;
        }
    }

    private void badProviders() {
        List<Fault.BadProvider> deck = new ArrayList<>();
        double at = QUIET_START_S + random.nextDouble() * 3;
        while (at < seconds - QUIET_END_S) {
            if (deck.isEmpty()) {
                deck.addAll(everyWay());
                Collections.shuffle(deck, random);
            }
            add(at, deck.removeLast());
            at += 4 + random.nextDouble() * 5;
        }
    }

    private List<Fault.BadProvider> everyWay() {
        List<Fault.BadProvider> all = new ArrayList<>();
        for (Provider provider : Provider.values()) {
            for (How how : How.values()) {
                if (how != How.CUT || !provider.reachesLeads()) {
                    all.add(new Fault.BadProvider(
                            provider, how, share(provider), Duration.ofSeconds(3 + random.nextInt(4))));
                }
            }
        }
        return all;
    }

    // The two services in turn; the other one where a process of the first stands still, as that cannot end.
    private void rolls() {
        int turn = random.nextInt(ROLLED.size());
        for (int from = QUIET_START_S; from < seconds - QUIET_END_S; from += ROUND_S) {
            int length = Math.min(ROUND_S, seconds - QUIET_END_S - from);
            double drawn = random.nextDouble();
            if (length > FREEZE_S / 2) {
                Fault.Roll first = roll(ROLLED.get(turn % ROLLED.size()));
                Fault.Roll other = roll(ROLLED.get((turn + 1) % ROLLED.size()));
                double at = from
                        + drawn
                                * Math.max(
                                        1, length - ROLL_S * first.processes().size());
                add(at, meetsFreeze(at, first) && !meetsFreeze(at, other) ? other : first);
                turn++;
            }
        }
    }

    private Fault.Roll roll(String service) {
        return new Fault.Roll(
                service,
                processes.stream()
                        .filter(process -> process.equals(service) || process.startsWith(service + "-"))
                        .toList());
    }

    private boolean meetsFreeze(double at, Fault.Roll roll) {
        double end = at + 2.0 * ROLL_S * roll.processes().size();
        return frozen.stream()
                .anyMatch(one -> roll.processes().contains(one.process()) && at <= one.to() && end >= one.from());
    }

    // Of what goes to leads less: each such call may end as unknown, and a run is about the others.
    private double share(Provider provider) {
        double least = provider.reachesLeads() ? 0.2 : 0.3;
        double most = provider.reachesLeads() ? 0.5 : 1.0;
        return Math.round((least + random.nextDouble() * (most - least)) * 100) / 100.0;
    }

    private void add(double at, Fault fault) {
        plan.add(new Planned(Duration.ofMillis(Math.round(at * 1000)), fault));
    }
}
