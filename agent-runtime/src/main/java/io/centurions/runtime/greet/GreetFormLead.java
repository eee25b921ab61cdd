package io.centurions.runtime.greet;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.EventId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.KeepTrying;
import io.centurions.platform.tenancy.Tx;
import io.centurions.runtime.reply.ConversationRepository;
import io.centurions.runtime.think.CenturionConfig;
import io.centurions.runtime.think.CenturionConfigs;
import io.centurions.runtime.think.Question;
import io.centurions.runtime.think.Think;
import io.centurions.runtime.think.Thinking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Lets the Centurion write the first words to a form's lead: read, think, commit, with no transaction open
 * while it thinks. A company that is not active writes to nobody first.
 */
@ApplicationScoped
public class GreetFormLead {

    private static final Duration WRITE_WITHIN = Duration.ofSeconds(15);

    private static final String THROTTLED =
            "SELECT 1 FROM core.conversations WHERE company_id = $1 AND id = $2 AND throttled_until > clock_timestamp()";

    private final Database database;
    private final Think think;
    private final ConversationRepository conversations;
    private final CenturionConfigs configs;
    private final SayFirstWords say;

    GreetFormLead(
            Database database,
            Think think,
            ConversationRepository conversations,
            CenturionConfigs configs,
            SayFirstWords say) {
        this.database = database;
        this.think = think;
        this.conversations = conversations;
        this.configs = configs;
        this.say = say;
    }

    /** How it ended. */
    public sealed interface Result {
        record Done() implements Result {}

        /** Worth another try. */
        record NotYet(String why) implements Result {}
    }

    private record Opening(CenturionConfig config, FormLead form) {}

    /**
     * A model that asked us to wait is not asked before, by no replica; what its answers cost is counted with
     * what comes of them.
     *
     * @param submission the event that told of the form; the key that makes a repeat harmless
     */
    public Result greet(CompanyId company, EventId submission, LeadId lead, ConversationId conversation) {
        if (!database.onceAsCompany(company, THROTTLED, company.value(), conversation.value())
                .isEmpty()) {
            return new Result.NotYet("model_throttled");
        }
        Optional<Opening> opening = database.asCompany(company, tx -> opening(tx, submission, lead, conversation));
        if (opening.isEmpty()) {
            return new Result.Done();
        }
        CenturionConfig config = opening.get().config();
        var question = new Question(
                config,
                List.of(),
                List.of(),
                new Question.Occasion.Form(opening.get().form().told()));
        return switch (think.about(company, question)) {
            case Thinking.Stuck stuck -> {
                KeepTrying.untilWritten(
                        WRITE_WITHIN, () -> database.runAsCompany(company, tx -> say.notYet(tx, conversation, stuck)));
                yield new Result.NotYet(stuck.reason());
            }
            case Thinking.Decided decided -> {
                database.runAsCompany(company, tx -> say.say(tx, submission, conversation, config, decided));
                yield new Result.Done();
            }
        };
    }

    private Optional<Opening> opening(Tx tx, EventId submission, LeadId lead, ConversationId id) {
        return conversations
                .findOfActiveCompany(tx, id)
                .filter(SayFirstWords::isOurs)
                .filter(conversation -> !say.saidAlready(tx, conversation, submission))
                .filter(conversation -> say.mayThink(tx, conversation))
                .flatMap(conversation -> configs.published(tx, conversation.instance()))
                .flatMap(config -> FormLead.read(tx, lead).map(form -> new Opening(config, form)));
    }
}
