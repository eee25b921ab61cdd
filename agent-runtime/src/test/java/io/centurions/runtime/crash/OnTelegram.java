package io.centurions.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.KeptStreams;
import io.centurions.platform.testkit.cut.Moment;
import io.centurions.runtime.Scene;
import java.util.ArrayList;
import java.util.List;

/**
 * Telegram cannot be asked what became of a call that was cut off: its text is sent once more, and the row says so. Where a claim
 * or a settle was cut, the sender lives and knows.
 */
final class OnTelegram extends TwoMessages {

    private OnTelegram(Scene scene, KeptStreams streams) {
        super(scene, streams, "telegram");
    }

    static OnTelegram sent(String runtime, Secrets secrets, KeptStreams streams) {
        return new OnTelegram(Scene.open(runtime, secrets).withTelegramWebhook(), streams);
    }

    @Override
    void judgeWhatArrived(List<String> said, String cutAt) {
        int again = cutAt.contains("sendMessage") ? 1 : 0;
        int twice = cutAt.startsWith(Moment.AFTER.name()) ? again : 0;
        List<String> received = scene.receivedOnTelegram();
        assertThat(withoutRepeats(received)).as("all of it, in order").containsExactlyElementsOf(withoutRepeats(said));
        assertThat(received)
                .as("only a text whose answer was lost may have arrived twice")
                .hasSizeBetween(said.size(), said.size() + twice);
        assertThat(bubblesThat("attempts > 1"))
                .as("only a call that was cut off itself may be made again")
                .hasSizeLessThanOrEqualTo(again);
        assertThat(bubblesThat("attempts > 2")).as("and that once").isEmpty();
        assertThat(bubblesThat("status = 'unknown'"))
                .as("a text is said once more before it is unknown")
                .isEmpty();
    }

    // What is said once more comes right behind.
    private static List<String> withoutRepeats(List<String> texts) {
        List<String> without = new ArrayList<>();
        for (String text : texts) {
            if (without.isEmpty() || !without.getLast().equals(text)) {
                without.add(text);
            }
        }
        return without;
    }
}
