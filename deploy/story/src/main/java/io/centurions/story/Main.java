package io.centurions.story;

import io.centurions.story.tell.Teller;
import java.util.List;

/** Plays the story and ends with 0 only when every step was kept. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("story: " + e.getMessage());
            System.exit(2);
            return;
        }
        Teller teller =
                new Teller(System.out, Boolean.getBoolean("fleet.terminal") && System.getenv("NO_COLOR") == null);
        new Story(teller, options).play();
        System.exit(teller.end(options.report()) ? 0 : 1);
    }
}
