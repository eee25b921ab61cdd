package io.centurions.platform.testkit.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Plays one scene undisturbed to learn its steps, then once for each step and {@link Moment} with the connection cut there,
 * and judges every scene by what it left behind. A step that a later version of the code adds is cut without anybody naming it,
 * at the first time that it comes by; the steps that a test names are cut each time that they do, see {@link Plan}.
 *
 * <p>Fails when a cut of the plan was not made. Scenes overlap where only the first time counts: a cut may then hit a scene before,
 * that is still recovering, which is judged too. Where times are counted, and at the providers, each scene is waited for.
 */
public final class EveryStep {

    private static final String PROVIDERS = "providers";
    private static final Duration UNTIL_CUT = Duration.ofSeconds(6);
    private static final Duration BEHIND = Duration.ofSeconds(1);
    private static final Duration UNTIL_SETTLED = Duration.ofSeconds(120);
    /** Two, so that what comes by in one of them by chance is told from what belongs to the scene. */
    private static final int UNDISTURBED = 2;
    /** A scene may go another way than the undisturbed one, and come to a step less often. */
    private static final int SCENES_MOST = 3;

    private final Supplier<? extends Scene> begin;
    private final Plan plan;
    private final List<Played> played = new ArrayList<>();

    private EveryStep(Supplier<? extends Scene> begin, Plan plan) {
        this.begin = begin;
        this.plan = plan;
    }

    /** One run of what is under test, with data of its own. */
    public interface Scene {

        /** Whether everything has come to an end; then it is judged. */
        boolean settled();

        /**
         * Fails when something was lost or done twice.
         *
         * @param cutAt where a connection was cut: the {@link Moment}, the server and the step; empty when it was not
         */
        void judge(String cutAt);
    }

    private record Played(Scene scene, Plan.Cut at, boolean cut) {}

    /**
     * @param begin starts a scene and returns at once
     * @param plan  where to cut
     */
    public static void cut(Supplier<? extends Scene> begin, Plan plan) {
        EveryStep everyStep = new EveryStep(begin, plan);
        for (int i = 0; i < UNDISTURBED; i++) {
            everyStep.undisturbed();
        }
        List<Plan.Cut> cuts = plan.cuts();
        List<Plan.Cut> missed =
                cuts.stream().filter(cut -> !everyStep.made(cut)).toList();
        everyStep.judgeAll();
        assertThat(missed).as("steps of the scene that were not cut").isEmpty();
        plan.isAllIn(cuts);
    }

    private void undisturbed() {
        plan.forget();
        Scene scene = begin.get();
        await().atMost(UNTIL_SETTLED).until(scene::settled);
        scene.judge("");
        plan.learn();
    }

    private boolean made(Plan.Cut cut) {
        boolean made = false;
        for (int scenes = 0; scenes < SCENES_MOST && !made; scenes++) {
            made = disturbed(cut);
        }
        return made;
    }

    private boolean disturbed(Plan.Cut at) {
        boolean alone = at.counted() || PROVIDERS.equals(at.server());
        if (alone) {
            settled();
        }
        Cuts cuts = Cuts.at(at.server());
        int before = cuts.made();
        at.order(cuts);
        Scene scene = begin.get();
        BooleanSupplier made = () -> cuts.made() > before;
        // Behind the last bubble there are steps too.
        boolean cut = within(UNTIL_CUT, () -> made.getAsBoolean() || scene.settled()) && within(BEHIND, made);
        cuts.never();
        played.add(new Played(scene, at, cut));
        return cut;
    }

    // What is counted must be of one scene; and a call that was cut is made again once at most: the next cut must not
    // hit that.
    private void settled() {
        if (!played.isEmpty()) {
            await().atMost(UNTIL_SETTLED).until(played.getLast().scene()::settled);
        }
    }

    private static boolean within(Duration most, BooleanSupplier condition) {
        try {
            await().atMost(most).pollInterval(Duration.ofMillis(10)).until(condition::getAsBoolean);
            return true;
        } catch (ConditionTimeoutException never) {
            return false;
        }
    }

    private void judgeAll() {
        SoftAssertions softly = new SoftAssertions();
        for (Played each : played) {
            softly.assertThatCode(() -> {
                        await().atMost(UNTIL_SETTLED).until(each.scene()::settled);
                        each.scene().judge(each.cut() ? each.at().toString() : "");
                    })
                    .as("%scut %s", each.cut() ? "" : "not ", each.at())
                    .doesNotThrowAnyException();
        }
        softly.assertAll();
        assertThat(played).isNotEmpty();
    }
}
