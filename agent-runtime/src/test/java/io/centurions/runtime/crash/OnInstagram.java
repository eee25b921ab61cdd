package io.centurions.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.KeptStreams;
import io.centurions.platform.testkit.cut.Moment;
import io.centurions.runtime.Scene;
import java.util.ArrayList;
import java.util.List;

/**
 * Instagram tells of each message that it took, so a call that was cut off is never made again: its echo says that it arrived, and
 * where none comes nobody can say.
 */
final class OnInstagram extends TwoMessages {

    private OnInstagram(Scene scene, KeptStreams streams) {
        super(scene, streams, "instagram");
    }

    static OnInstagram sent(String runtime, Secrets secrets, KeptStreams streams) {
        return new OnInstagram(Scene.open(runtime, secrets).withInstagramWebhook(), streams);
    }

    @Override
    void judgeWhatArrived(List<String> said, String cutAt) {
        boolean neverSeen = cutAt.startsWith(Moment.BEFORE.name()) && cutAt.contains("/me/messages");
        List<String> received = scene.receivedOnInstagram();
        List<String> arrived = new ArrayList<>(said);
        textsThat("status = 'unknown'").forEach(arrived::remove);
        assertThat(received)
                .as("once and in order all but what is unknown, and of that nothing")
                .containsExactlyElementsOf(arrived);
        assertThat(bubblesThat("status = 'unknown'"))
                .as("only a call that was cut off itself may be unknown, and not if it arrived: its echo tells")
                .hasSizeLessThanOrEqualTo(neverSeen ? 1 : 0);
        assertThat(bubblesThat("attempts > 1")).as("no call is made again").isEmpty();
    }
}
