package io.centurions.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.cut.EveryStep;
import io.centurions.runtime.Scene;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

/** A new lead writes two messages to a company's bot; the provider repeats a webhook that was not accepted. */
final class TwoMessages implements EveryStep.Scene {

    private final Scene scene;
    private String cutAt = "";

    private TwoMessages(Scene scene) {
        this.scene = scene;
    }

    static TwoMessages sent(String runtime, Secrets secrets) {
        Scene scene = Scene.open(runtime, secrets).withTelegramWebhook();
        scene.writes("telegram", "oi", "quero um orçamento");
        return new TwoMessages(scene);
    }

    @Override
    public boolean settled() {
        return inbound().size() == 2
                && scene.quiet()
                && Admin.get()
                                .count(
                                        "SELECT count(*) FROM core.outbox_runtime WHERE company_id = ? AND published_at IS NULL",
                                        company())
                        == 0;
    }

    @Override
    public void judge(String step) {
        cutAt = step;
        assertThat(inbound()).containsExactlyInAnyOrder("oi", "quero um orçamento");
        assertThat(answeredSeqs())
                .as("each message is part of one answered burst")
                .containsExactly(1L, 2L);
        assertThat(Admin.get().count("SELECT count(*) FROM core.takeovers WHERE company_id = ?", company()))
                .as("nothing of ours was taken for a person's")
                .isZero();
        List<String> received = scene.receivedOnTelegram();
        assertThat(new LinkedHashSet<>(received)).as("all of it, in order").containsExactlyElementsOf(bubbles("text"));
        // Telegram cannot be asked what became of a call that was cut off: text is sent once more, and the row says so.
        assertThat(received).as("nothing twice without a reason").hasSizeLessThanOrEqualTo(attempts());
    }

    /** What the lead has twice, and where the cut was that left it so. */
    List<String> twice() {
        Set<String> once = new HashSet<>();
        return scene.receivedOnTelegram().stream()
                .filter(text -> !once.add(text))
                .map(text -> "\"" + text + "\"" + afterTheCut())
                .toList();
    }

    /** Bubbles that were called more than once, and where the cut was that left them so. */
    List<String> calledAgain() {
        return bubblesThat("attempts > 1");
    }

    /** Bubbles of which nobody can tell whether they arrived, and where the cut was that left them so. */
    List<String> unknown() {
        return bubblesThat("status = 'unknown'");
    }

    private List<String> bubblesThat(String are) {
        return Admin.get()
                .query(
                        "SELECT position, status, failure, attempts FROM core.messages WHERE company_id = ? AND direction = 'out' AND "
                                + are + " ORDER BY created_at, position",
                        company())
                .stream()
                .map(row -> "bubble " + row + afterTheCut())
                .toList();
    }

    private String afterTheCut() {
        return " after a cut at " + (cutAt.isEmpty() ? "nothing" : cutAt);
    }

    private int attempts() {
        return bubbles("attempts").stream().mapToInt(Integer::parseInt).sum();
    }

    private List<String> inbound() {
        return texts("SELECT text AS value FROM core.messages WHERE company_id = ? AND direction = 'in'");
    }

    private List<Long> answeredSeqs() {
        return Admin.get()
                .query(
                        "SELECT from_seq, to_seq FROM core.turns WHERE company_id = ? AND purpose = 'answer' ORDER BY from_seq",
                        company())
                .stream()
                .flatMap(turn -> LongStream.rangeClosed((Long) turn.get("from_seq"), (Long) turn.get("to_seq"))
                        .boxed())
                .toList();
    }

    private List<String> bubbles(String column) {
        return texts(
                "SELECT " + column
                        + " AS value FROM core.messages WHERE company_id = ? AND direction = 'out' ORDER BY created_at, position");
    }

    private List<String> texts(String sql) {
        return Admin.get().query(sql, company()).stream()
                .map(row -> String.valueOf(row.get("value")))
                .toList();
    }

    private UUID company() {
        return scene.demo.company().value();
    }
}
