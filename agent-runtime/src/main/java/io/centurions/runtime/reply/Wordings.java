package io.centurions.runtime.reply;

import io.centurions.runtime.reply.PlanReply.Wording;
import io.centurions.runtime.think.CenturionConfig;
import java.time.Duration;
import java.util.List;

/** What is said, at the speed of the Centurion that says it. */
public final class Wordings {

    private Wordings() {}

    public static Wording of(List<String> bubbles, CenturionConfig config) {
        CenturionConfig.Typing typing = config.typing();
        return new Wording(
                bubbles,
                new Pace(
                        typing.charsPerSecond(),
                        Duration.ofMillis(typing.shortestMs()),
                        Duration.ofMillis(typing.longestMs())));
    }
}
