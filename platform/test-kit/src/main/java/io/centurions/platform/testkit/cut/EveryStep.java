package io.centurions.platform.testkit.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;

/**
 * Plays one scene once undisturbed to learn its steps, then once for each step and {@link Moment} with the connection cut there,
 * and judges every scene by what it left behind. A step that a later version of the code adds is cut without anybody naming it.
 *
 * <p>A cut may hit the step of an earlier scene that is still recovering: each scene is judged, so nothing is lost by that. Only at the
 * providers each scene is waited for.
 */
public final class EveryStep {

    private static final String PROVIDERS = "providers";
    private static final Duration UNTIL_CUT = Duration.ofSeconds(6);
    private static final Duration UNTIL_SETTLED = Duration.ofSeconds(120);

    private final Supplier<? extends Scene> begin;
    private final List<Played> played = new ArrayList<>();

    private EveryStep(Supplier<? extends Scene> begin) {
        this.begin = begin;
    }

    /** One run of what is under test, with data of its own. */
    public interface Scene {

        /** Whether everything has come to an end; then it is judged. */
        boolean settled();

        /**
         * Fails when something was lost or done twice.
         *
         * @param cutAt the step at which a connection was cut; empty when none was
         */
        void judge(String cutAt);
    }

    private record Played(Scene scene, String step, String label, boolean cut) {}

    /**
     * @param begin   starts a scene and returns at once
     * @param servers the proxies at which to cut
     * @return the steps that were cut, to be compared with what must have been among them
     */
    public static Set<String> cut(Supplier<? extends Scene> begin, String... servers) {
        EveryStep everyStep = new EveryStep(begin);
        for (String server : servers) {
            Cuts.at(server).never();
            Cuts.at(server).forget();
        }
        everyStep.undisturbed();
        for (String server : servers) {
            for (String step : Set.copyOf(Cuts.at(server).seen())) {
                for (Moment moment : Moment.values()) {
                    everyStep.disturbed(server, step, moment);
                    if (PROVIDERS.equals(server)) {
                        everyStep.settled();
                    }
                }
            }
        }
        everyStep.judgeAll();
        return everyStep.played.stream().filter(Played::cut).map(Played::step).collect(Collectors.toSet());
    }

    // A call that was cut is made again once at most: the next cut must not hit that one.
    private void settled() {
        await().atMost(UNTIL_SETTLED).until(played.getLast().scene()::settled);
    }

    private void undisturbed() {
        Scene scene = begin.get();
        await().atMost(UNTIL_SETTLED).until(scene::settled);
        scene.judge("");
    }

    private void disturbed(String server, String step, Moment moment) {
        Cuts cuts = Cuts.at(server);
        int before = cuts.made();
        cuts.next(step, moment);
        Scene scene = begin.get();
        // Some steps happen only now and then; the scene is judged all the same.
        boolean cut = becomesTrue(() -> cuts.made() > before);
        cuts.never();
        played.add(new Played(scene, step, moment + " " + server + ": " + step, cut));
    }

    private static boolean becomesTrue(Supplier<Boolean> condition) {
        try {
            await().atMost(UNTIL_CUT).pollInterval(Duration.ofMillis(10)).until(condition::get);
            return true;
        } catch (org.awaitility.core.ConditionTimeoutException never) {
            return false;
        }
    }

    private void judgeAll() {
        SoftAssertions softly = new SoftAssertions();
        for (Played each : played) {
            softly.assertThatCode(() -> {
                        await().atMost(UNTIL_SETTLED).until(each.scene()::settled);
                        each.scene().judge(each.cut() ? each.step() : "");
                    })
                    .as("cut %s", each.label())
                    .doesNotThrowAnyException();
        }
        softly.assertAll();
        assertThat(played).isNotEmpty();
    }
}
