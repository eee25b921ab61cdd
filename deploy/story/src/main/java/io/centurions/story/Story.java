package io.centurions.story;

import io.centurions.story.chapter.LeadOfAForm;
import io.centurions.story.chapter.LeadOfAnAd;
import io.centurions.story.chapter.OtherChannels;
import io.centurions.story.chapter.RepeatTheBurst;
import io.centurions.story.chapter.Script;
import io.centurions.story.chapter.SetUpCompany;
import io.centurions.story.chapter.Stage;
import io.centurions.story.tell.Patience;
import io.centurions.story.tell.Teller;
import io.centurions.story.world.Outside;
import java.time.Duration;
import java.util.Optional;

/** The chapters in their order, and which cannot be played without which. */
final class Story {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(45);

    private final Teller teller;
    private final Options options;

    Story(Teller teller, Options options) {
        this.teller = teller;
        this.options = options;
    }

    void play() {
        Script script = Script.draw(options.humanPace());
        Patience patience = new Patience(options.humanPace() ? LONGEST_WAIT.multipliedBy(2) : LONGEST_WAIT);
        Outside outside = Outside.at(options.sandbox());
        Optional<Stage> stage = teller.chapter(
                "A company is set up",
                () -> new SetUpCompany(teller, script, patience, options.backoffice(), outside).play());
        Optional<LeadOfAnAd.Told> told =
                after(stage, "From an ad click to a signed contract", there -> new LeadOfAnAd(there).play());
        after(stage, "From a web form to a signed contract", there -> {
            new LeadOfAForm(there).play();
            return there;
        });
        after(stage, "The other channels", there -> {
            new OtherChannels(there).play();
            return there;
        });
        after(told, "What comes twice", ad -> {
            new RepeatTheBurst(stage.orElseThrow(), ad).play();
            return ad;
        });
    }

    private <A, B> Optional<B> after(Optional<A> needed, String title, java.util.function.Function<A, B> play) {
        if (needed.isEmpty()) {
            teller.skip(title);
            return Optional.empty();
        }
        return teller.chapter(title, () -> play.apply(needed.get()));
    }
}
