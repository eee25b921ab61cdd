package io.centurions.local;

import io.centurions.local.place.Ports;
import io.centurions.local.place.Trouble;
import io.centurions.local.process.TakenPort;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What {@code up} was asked for.
 *
 * @param detached  return when ready
 * @param portBase  empty: the default
 * @param humanPace the demo Centurion waits and types like a person; otherwise it hurries
 * @param replicas  processes of each service that may have several
 * @param mixed     real channels may go with a simulated model or issuer
 */
record UpOptions(boolean detached, Optional<Ports> portBase, boolean humanPace, int replicas, boolean mixed) {

    private static final int FIRST_FREE_BASE = 21_080;
    private static final int FREE_BASE_STEP = 100;
    private static final int FREE_BASES_TRIED = 100;

    static UpOptions parse(List<String> words) {
        boolean detached = false;
        boolean mixed = false;
        boolean humanPace = true;
        int replicas = 1;
        Optional<Ports> ports = Optional.empty();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "--detach", "-d" -> detached = true;
                case "--mix" -> mixed = true;
                case "--port-base" -> ports = Optional.of(base(value(word, rest)));
                case "--replicas" -> replicas = replicas(value(word, rest));
                case "--pace" -> humanPace = isHuman(value(word, rest));
                default -> throw new Trouble("up does not know " + word + ": ./fleet help");
            }
        }
        return new UpOptions(detached, ports, humanPace, replicas, mixed);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new Trouble(option + " needs a value: ./fleet help");
        }
        return rest.next();
    }

    private static int replicas(String text) {
        if (!text.matches("[1-" + Ports.REPLICAS_MOST + "]")) {
            throw new Trouble("--replicas is a number from 1 to " + Ports.REPLICAS_MOST + ", not " + text);
        }
        return Integer.parseInt(text);
    }

    private static boolean isHuman(String pace) {
        return switch (pace) {
            case "human" -> true;
            case "fast" -> false;
            default -> throw new Trouble("--pace is fast or human, not " + pace);
        };
    }

    private static Ports base(String text) {
        if (text.equals("free")) {
            return free();
        }
        try {
            return new Ports(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new Trouble("--port-base needs a number, not " + text, e);
        }
    }

    private static Ports free() {
        return IntStream.range(0, FREE_BASES_TRIED)
                .mapToObj(step -> new Ports(FIRST_FREE_BASE + step * FREE_BASE_STEP))
                .filter(ports -> IntStream.range(0, Ports.SPAN).allMatch(offset -> TakenPort.isFree(ports.at(offset))))
                .findFirst()
                .orElseThrow(() -> new Trouble(
                        "no free range of ports found from " + FIRST_FREE_BASE + " on: name one with --port-base N"));
    }
}
