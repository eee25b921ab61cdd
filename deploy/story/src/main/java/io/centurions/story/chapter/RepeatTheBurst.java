package io.centurions.story.chapter;

import io.centurions.story.tell.Patience;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The provider posts the same three messages once more, as providers do, and nothing changes. */
public final class RepeatTheBurst {

    private final Stage stage;
    private final LeadOfAnAd.Told told;

    public RepeatTheBurst(Stage stage, LeadOfAnAd.Told told) {
        this.stage = stage;
        this.told = told;
    }

    public void play() {
        stage.teller().step("the provider posts the same three messages again, nothing changes", notes -> {
            State before = state();
            for (LeadOfAnAd.Said said : told.burst()) {
                Map<String, Object> more = new LinkedHashMap<>(said.more());
                more.put("id", said.id());
                told.chat().phone().write(said.text(), more);
            }
            // Longer than a burst's quiet time and a reply's delivery, so that a second answer would have been seen.
            Duration watched = Duration.ofMillis(stage.script().humanPace() ? 9_000 : 4_000);
            Patience.holds(
                    "messages, bubbles and conversions stay as they were: " + before,
                    watched,
                    () -> state().equals(before));
            notes.note("watched", watched.toMillis() + "ms");
            return before;
        });
    }

    private State state() {
        List<String> messages = stage.owner().messages(stage.set().id(), told.conversation()).stream()
                .map(message -> message.path("id").asText())
                .toList();
        return new State(messages, told.chat().phone().received().size(), conversionsOfTheAd());
    }

    // Those of other leads may still be on their way.
    private int conversionsOfTheAd() {
        return (int) stage.outside().conversionsAtMeta(stage.set().dataset()).stream()
                .filter(event -> event.path("user_data")
                        .path("ctwa_clid")
                        .asText()
                        .equals(stage.script().clickId()))
                .count();
    }

    private record State(List<String> messages, int bubbles, int conversions) {}
}
