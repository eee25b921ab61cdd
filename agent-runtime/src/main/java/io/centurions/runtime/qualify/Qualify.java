package io.centurions.runtime.qualify;

import io.centurions.contracts.id.HandoffId;
import io.centurions.contracts.id.TurnId;
import io.centurions.contracts.lead.LeadDisqualified;
import io.centurions.contracts.lead.LeadQualified;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Tx;
import io.centurions.runtime.reply.Conversation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Moves a lead on, in the transaction of the turn.
 *
 * <pre>
 * new ──answered──▶ engaged ──criteria met──▶ qualified     (once: the hand-over is the deal's key)
 *                      └──────will not buy──▶ disqualified ──criteria met──▶ qualified
 * </pre>
 */
@ApplicationScoped
public class Qualify {

    private static final Logger LOG = Logger.getLogger(Qualify.class);

    // The stage in the condition makes a second hand-over impossible, whatever is repeated.
    private static final String HAND_OVER = """
            UPDATE core.leads SET stage = 'qualified', score = $3, handoff_id = $4, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND handoff_id IS NULL
            """;
    private static final String TURN_AWAY = """
            UPDATE core.leads SET stage = 'disqualified', updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND stage IN ('new', 'engaged')
            """;
    private static final String ENGAGE = """
            UPDATE core.leads SET stage = CASE stage WHEN 'new' THEN 'engaged' ELSE stage END,
                                  score = coalesce($3::int, score), updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2
            """;

    private final ScoreRepository scores;
    private final Outbox outbox;

    Qualify(ScoreRepository scores, Outbox outbox) {
        this.scores = scores;
        this.outbox = outbox;
    }

    /** Records what is known now and hands the lead over when it is enough and was not done before. */
    public void score(Tx tx, Conversation conversation, TurnId turn, int configVersion, Assessment assessment) {
        boolean known = !assessment.evidence().isEmpty();
        if (known) {
            scores.add(tx, conversation, turn, configVersion, assessment);
        }
        tx.send(ENGAGE, tx.company().value(), conversation.lead().value(), known ? assessment.score() : null);
        if (assessment.qualified()) {
            handOver(tx, conversation, assessment.score());
        }
    }

    private void handOver(Tx tx, Conversation conversation, int score) {
        HandoffId handoff = HandoffId.random();
        if (tx.execute(HAND_OVER, tx.company().value(), conversation.lead().value(), score, handoff.value()) == 1) {
            outbox.append(tx, new LeadQualified(conversation.lead(), conversation.id(), handoff, score));
            tx.afterCommit(() -> LOG.infof("lead qualified lead_id=%s score=%d", conversation.lead(), score));
        }
    }

    /** The Centurion found that this lead will not buy. A lead that was already handed over stays so. */
    public void turnAway(Tx tx, Conversation conversation) {
        if (tx.execute(TURN_AWAY, tx.company().value(), conversation.lead().value()) == 1) {
            outbox.append(tx, new LeadDisqualified(conversation.lead(), conversation.id(), "centurion_decided"));
        }
    }

    /** What earlier turns found, as somebody else read it; null when there is nothing. */
    public Map<String, Evidence> read(String stored) {
        return stored == null ? Map.of() : scores.read(stored);
    }
}
