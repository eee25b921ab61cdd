package io.centurions.chaos.load;

import io.centurions.chaos.world.NoAnswer;
import io.centurions.chaos.world.Patience;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * One lead on the telephone: writes a burst, waits for the answer, reads it, goes on. Sometimes impatient, sometimes a message is told
 * to the fleet twice or late. Each text is unique in the run.
 */
final class Lead implements Runnable {

    private static final double TWICE = 0.10;
    private static final double LATE = 0.08;
    private static final double IMPATIENT = 0.15;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    private final LeadScript script;
    private final Load load;
    private final LeadChat chat;
    private final Random random;
    private int written;

    Lead(LeadScript script, Load load) {
        this.script = script;
        this.load = load;
        this.chat = load.feed().chat(script.chat());
        this.random = new Random(script.seed());
    }

    @Override
    public void run() {
        load.pauseUntil(script.starts());
        if (script.isForm() && !submitForm()) {
            return;
        }
        for (int burst = 1; burst <= script.bursts() && !load.isOver(); burst++) {
            int before = chat.bubbles();
            write(burst);
            if (random.nextDouble() < IMPATIENT) {
                chat.awaitMoreThan(before, LONGEST_WAIT, load::isOver);
            } else {
                chat.awaitAnswer(written, LONGEST_WAIT, load::isOver);
                Patience.pause(between(200, 1_500));
            }
        }
    }

    private void write(int burst) {
        // One message is the most frequent burst, five the rarest.
        int messages = 1 + Math.min(random.nextInt(5), random.nextInt(5));
        for (int message = 1; message <= messages && !load.isOver(); message++) {
            String text = "l%d-b%d-m%d".formatted(script.number(), burst, message);
            if (message > 1) {
                Patience.pause(between(50, 1_100));
            }
            send(text, burst * 10 + message);
        }
    }

    private void send(String text, int number) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("from", script.chat().from());
        message.put("name", script.name());
        message.put("text", text);
        message.put("id", id(number));
        message.put("answerAtOnce", true);
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

    private boolean submitForm() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", script.name());
        fields.put("email", "lead" + script.number() + "@example.com");
        fields.put("phone", "+" + script.chat().from());
        fields.put("page_url", "https://caos.example/");
        fields.put("consent", true);
        while (!load.isOver()) {
            try {
                String submission =
                        load.backoffice().submitForm(script.company().formKey(), fields);
                load.submitted(script.chat(), submission);
                return chat.awaitMoreThan(0, LONGEST_WAIT, load::isOver);
            } catch (NoAnswer e) {
                load.stumbled(e);
                Patience.pause(Duration.ofSeconds(1));
            }
        }
        return false;
    }

    private Duration between(int leastMs, int mostMs) {
        return Duration.ofMillis(leastMs + random.nextInt(mostMs - leastMs));
    }
}
