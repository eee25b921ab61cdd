package io.centurions.runtime.closure;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.tenancy.Database;
import io.centurions.runtime.think.Outcome;
import io.centurions.runtime.think.Thinking;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A waiting burst whose turn has answered: the delivery of the answer is the test's, and so are the turns that follow. */
record AnsweredBurst(WaitingBurst waiting, HeldDelivery delivery, BurstRepository bursts, CommitTurn turns) {

    /** The lead writes while a call of the answer is on the wire; what a turn then reads. */
    Burst readWithACallOnTheWire() {
        delivery.begin();
        waiting.scene().writes("telegram", "ok");
        return read();
    }

    Burst read() {
        return ((BurstRepository.Found.Ready) bursts.read(waiting.turn())).burst();
    }

    boolean commit(Burst burst, Outcome outcome) {
        return commit(burst, outcome, 0, false);
    }

    boolean commit(Burst burst, Outcome outcome, int restarts, boolean anyway) {
        var decided = new Thinking.Decided(outcome, Map.of(), new Thinking.Usage("m", 1, 1));
        return turns.commit(burst, decided, restarts, anyway);
    }

    @ApplicationScoped
    static class Scenes {

        private final Secrets secrets;
        private final Database database;
        private final BurstRepository bursts;
        private final CommitTurn turns;

        Scenes(Secrets secrets, Database database, BurstRepository bursts, CommitTurn turns) {
            this.secrets = secrets;
            this.database = database;
            this.bursts = bursts;
            this.turns = turns;
        }

        AnsweredBurst open(URI runtime, String answer) {
            WaitingBurst waiting = WaitingBurst.of(runtime.toString().replaceAll("/$", ""), secrets);
            var answered = new AnsweredBurst(waiting, HeldDelivery.of(waiting, database), bursts, turns);
            assertThat(answered.commit(answered.read(), new Outcome.Reply(List.of(answer))))
                    .isTrue();
            return answered;
        }
    }
}
