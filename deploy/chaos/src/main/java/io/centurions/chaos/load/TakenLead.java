package io.centurions.chaos.load;

import io.centurions.chaos.world.Patience;
import java.util.Random;

/**
 * A lead whom a person of the company answers on its phone, between two bursts or in the middle of one. Writes on meanwhile, and once
 * more after the conversation was given back to the machine.
 */
final class TakenLead implements Runnable {

    private static final double IN_THE_MIDDLE = 0.5;
    private static final double WRITES_AGAIN = 0.6;
    private static final int MESSAGES_MEANWHILE = 3;

    private final LeadScript script;
    private final Load load;
    private final Random random;
    private final Lead lead;
    private final Telephone telephone;
    private int burst;

    TakenLead(LeadScript script, Load load) {
        this.script = script;
        this.load = load;
        this.random = new Random(~script.seed());
        this.lead = new Lead(script, load);
        this.telephone = lead.telephone();
        this.burst = script.bursts();
    }

    @Override
    public void run() {
        load.pauseUntil(script.starts());
        lead.converse();
        if (random.nextDouble() < IN_THE_MIDDLE) {
            telephone.burst(++burst);
        }
        if (load.isOver()) {
            return;
        }
        telephone.person(1);
        telephone.burst(++burst, 1);
        load.phoneDesk().awaitTaken(script);
        if (random.nextDouble() < WRITES_AGAIN) {
            telephone.person(2);
            Patience.pause(telephone.between(50, 1_500));
        }
        telephone.burst(++burst, random.nextInt(MESSAGES_MEANWHILE));
        // What is written in the second of the return would take the conversation again.
        Patience.pause(telephone.between(2_000, 5_000));
        load.phoneDesk().giveBack(script);
        Patience.pause(telephone.between(50, 4_000));
        telephone.burst(++burst);
    }
}
