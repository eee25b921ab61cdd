package io.centurions.chaos.load;

import io.centurions.chaos.world.NoAnswer;
import io.centurions.chaos.world.Patience;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * One lead on the telephone: writes a burst, waits for the answer, reads it, goes on. Sometimes impatient, sometimes a message is told
 * to the fleet twice or late.
 */
final class Lead implements Runnable {

    private static final double IMPATIENT = 0.15;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    private final LeadScript script;
    private final Load load;
    private final LeadChat chat;
    private final Random random;
    private final Telephone telephone;

    Lead(LeadScript script, Load load) {
        this.script = script;
        this.load = load;
        this.chat = load.feed().chat(script.chat());
        this.random = new Random(script.seed());
        this.telephone = new Telephone(script, load, random);
    }

    @Override
    public void run() {
        load.pauseUntil(script.starts());
        if (script.isForm() && !submitForm()) {
            return;
        }
        converse();
    }

    /** Writes burst after burst. */
    void converse() {
        for (int burst = 1; burst <= script.bursts() && !load.isOver(); burst++) {
            int before = chat.bubbles();
            telephone.burst(burst);
            if (random.nextDouble() < IMPATIENT) {
                chat.awaitMoreThan(before, LONGEST_WAIT, load::isOver);
            } else {
                chat.awaitAnswer(telephone.written(), LONGEST_WAIT, load::isOver);
                Patience.pause(telephone.between(200, 1_500));
            }
        }
    }

    Telephone telephone() {
        return telephone;
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
}
