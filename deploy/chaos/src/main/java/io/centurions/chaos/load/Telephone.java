package io.centurions.chaos.load;

import io.centurions.chaos.world.NoAnswer;
import io.centurions.chaos.world.Patience;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** One chat from both ends: what the lead types, and a person of the company on its phone. Each text is unique in the run. */
final class Telephone {

    private static final double TWICE = 0.10;
    private static final double LATE = 0.08;
    private static final double PERSON_TWICE = 0.20;
    /** A company's phone is without a net now and then, and the provider tells of what was written there seconds later. */
    private static final double PERSON_LATE = 0.50;

    private static final int PERSONS_IDS = 10_000;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final LeadScript script;
    private final Load load;
    private final Random random;
    private int written;

    Telephone(LeadScript script, Load load, Random random) {
        this.script = script;
        this.load = load;
        this.random = random;
    }

    /** How many messages of the lead the provider has. */
    int written() {
        return written;
    }

    void burst(int burst) {
        // One message is the most frequent burst, five the rarest.
        burst(burst, 1 + Math.min(random.nextInt(5), random.nextInt(5)));
    }

    void burst(int burst, int messages) {
        for (int message = 1; message <= messages && !load.isOver(); message++) {
            String text = "l%d-b%d-m%d".formatted(script.number(), burst, message);
            if (message > 1) {
                Patience.pause(between(50, 1_100));
            }
            send(text, burst * 10 + message);
        }
    }

    private void send(String text, int number) {
        Map<String, Object> message = message(text, number);
        if (written == 0 && script.isOfAd()) {
            message.put("adClick", Map.of("ctwaClid", "ARA-chaos-" + script.number()));
        }
        if (random.nextDouble() < LATE) {
            message.put("heldMs", between(200, 1_200).toMillis());
        }
        boolean twice = random.nextDouble() < TWICE;
        Duration repeatedAfter = between(10, 4_000);
        load.wrote(script.chat(), text);
        if (post(message)) {
            written++;
        }
        if (twice) {
            load.later(repeatedAfter, () -> post(message));
        }
    }

    /** A person of the company answers; the provider tells of it at once or seconds later, so that it may tell of newer words first. */
    void person(int number) {
        String text = "p%d-%d".formatted(script.number(), number);
        Map<String, Object> message = message(text, PERSONS_IDS + number);
        message.put("fromBusiness", true);
        if (random.nextDouble() < PERSON_LATE) {
            message.put("heldMs", between(200, 8_000).toMillis());
        }
        boolean twice = random.nextDouble() < PERSON_TWICE;
        Duration repeatedAfter = between(10, 6_000);
        load.personWrote(script.chat(), text);
        // What follows waits for it.
        while (!post(message)) {
            Patience.pause(BETWEEN_TRIES);
        }
        if (twice) {
            load.later(repeatedAfter, () -> post(message));
        }
    }

    private Map<String, Object> message(String text, int number) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("from", script.chat().from());
        message.put("name", script.name());
        message.put("text", text);
        message.put("id", id(number));
        message.put("answerAtOnce", true);
        return message;
    }

    private boolean post(Map<String, Object> message) {
        try {
            load.sandbox().write(script.chat(), message);
            return true;
        } catch (NoAnswer e) {
            load.stumbled(e);
            return false;
        }
    }

    private String id(int number) {
        return switch (script.chat().channel()) {
            case "telegram" -> Integer.toString(number);
            case "instagram" -> "aWdfZAG1faXRlbToxOk%08x%04x".formatted(script.number(), number);
            default -> "3A%010X%08X".formatted(script.number(), number).toUpperCase(Locale.ROOT);
        };
    }

    Duration between(int leastMs, int mostMs) {
        return Duration.ofMillis(leastMs + random.nextInt(mostMs - leastMs));
    }
}
