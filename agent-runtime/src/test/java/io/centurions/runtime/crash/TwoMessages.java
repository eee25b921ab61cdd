package io.centurions.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.KeptStreams;
import io.centurions.platform.testkit.cut.EveryStep;
import io.centurions.runtime.Scene;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;

/** A new lead writes two messages to a company; the provider repeats a webhook that was not accepted. */
abstract class TwoMessages implements EveryStep.Scene {

    private static final String OUTBOUND =
            "SELECT %s AS value FROM core.messages WHERE company_id = ? AND direction = 'out' AND %s ORDER BY created_at, position";

    final Scene scene;
    private final KeptStreams streams;

    TwoMessages(Scene scene, KeptStreams streams, String channel) {
        this.scene = scene;
        this.streams = streams;
        scene.writes(channel, "oi", "quero um orçamento");
    }

    /**
     * Fails when the lead has not what was said.
     *
     * @param said what was to be said and was not overtaken by newer words
     */
    abstract void judgeWhatArrived(List<String> said, String cutAt);

    @Override
    public final boolean settled() {
        return inbound().size() >= 2
                && scene.quiet()
                && Admin.get()
                                .count(
                                        "SELECT count(*) FROM core.outbox_runtime WHERE company_id = ? AND published_at IS NULL",
                                        company())
                        == 0;
    }

    @Override
    public final void judge(String cutAt) {
        assertThat(inbound()).containsExactlyInAnyOrder("oi", "quero um orçamento");
        assertThat(answeredSeqs())
                .as("each message is part of one answered burst")
                .containsExactly(1L, 2L);
        assertThat(Admin.get().count("SELECT count(*) FROM core.takeovers WHERE company_id = ?", company()))
                .as("nothing of ours was taken for a person's")
                .isZero();
        streams.haveAllThatIsMarked(company());
        if (turns().size() == 1) {
            assertThat(bubblesThat("status = 'superseded'"))
                    .as("overtaken by nothing")
                    .isEmpty();
        }
        judgeWhatArrived(textsThat("status <> 'superseded'"), cutAt);
    }

    /** The bubbles of which this is so, with what became of them. */
    final List<String> bubblesThat(String are) {
        return texts(OUTBOUND.formatted(
                "concat_ws(' ', position, status, failure, 'after', attempts, 'calls:', text)", are));
    }

    final List<String> textsThat(String are) {
        return texts(OUTBOUND.formatted("text", are));
    }

    private List<String> inbound() {
        return texts("SELECT text AS value FROM core.messages WHERE company_id = ? AND direction = 'in'");
    }

    private List<Long> answeredSeqs() {
        return turns().stream()
                .flatMap(turn -> LongStream.rangeClosed((Long) turn.get("from_seq"), (Long) turn.get("to_seq"))
                        .boxed())
                .toList();
    }

    private List<Map<String, Object>> turns() {
        return Admin.get()
                .query(
                        "SELECT from_seq, to_seq FROM core.turns WHERE company_id = ? AND purpose = 'answer' ORDER BY from_seq",
                        company());
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
