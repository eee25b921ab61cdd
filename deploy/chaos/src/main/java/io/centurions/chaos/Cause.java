package io.centurions.chaos;

import io.centurions.chaos.judge.Disturbance;
import io.centurions.chaos.plan.Fault;
import io.centurions.chaos.wreck.Happened;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Which fault can have left which call to a lead without an end that anybody saw. */
final class Cause {

    private static final Set<String> ALL = Set.of("whatsapp", "instagram", "telegram");

    private Cause() {}

    static Disturbance of(Happened one) {
        return new Disturbance(words(one.fault().words(), one.at()), channels(one.fault()), one.from(), one.until());
    }

    /**
     * Everything that went wrong: each fault, and each process that was asked to end and had to be forced, which is a kill of its own.
     *
     * @param start of the load, from which the words count
     */
    static List<Disturbance> all(List<Happened> faults, Instant start) {
        return faults.stream()
                .flatMap(one -> Stream.concat(Stream.of(of(one)), forced(one, start)))
                .toList();
    }

    private static Stream<Disturbance> forced(Happened one, Instant start) {
        return one.endings().stream()
                .flatMap(ending -> ending.forced().stream()
                        .map(forced -> new Disturbance(
                                words(ending.process() + " forced", Duration.between(start, forced.from())),
                                ofGateway(ending.process()),
                                forced.from(),
                                forced.until())));
    }

    private static String words(String what, Duration at) {
        return String.format(Locale.ROOT, "%s at %.1f s", what, at.toMillis() / 1000.0);
    }

    /** Whether a call that it meets ends without an answer that says what became of it. */
    static boolean cutsCallsOff(Fault fault) {
        return fault instanceof Fault.BadProvider bad && !channels(fault).isEmpty() && bad.how() != Fault.How.TOO_MANY;
    }

    /** Whether a call that it meets may be done after its caller gave up. */
    static boolean holdsCalls(Fault fault) {
        return fault instanceof Fault.BadProvider bad && (bad.how() == Fault.How.LATE || bad.how() == Fault.How.HANG);
    }

    private static Set<String> channels(Fault fault) {
        return switch (fault) {
            case Fault.Kill(String process) -> ofGateway(process);
            case Fault.Freeze freeze -> ofGateway(freeze.process());
            case Fault.RestartPostgres any -> ALL;
            // Who is asked to end hands over or finishes, so that nothing is left in doubt; who is forced is told
            // apart.
            case Fault.Roll any -> Set.of();
            case Fault.KillRedis any -> Set.of();
            case Fault.Flush any -> Set.of();
            case Fault.BadProvider bad ->
                switch (bad.provider()) {
                    case WHATSAPP -> Set.of("whatsapp");
                    case INSTAGRAM -> Set.of("instagram");
                    case TELEGRAM -> Set.of("telegram");
                    case MODEL, META, AUTENTIQUE -> Set.of();
                };
        };
    }

    private static Set<String> ofGateway(String process) {
        if (process.startsWith("evolution-manager")) {
            return Set.of("whatsapp");
        }
        return process.startsWith("agent-runtime") ? Set.of("instagram", "telegram") : Set.of();
    }
}
