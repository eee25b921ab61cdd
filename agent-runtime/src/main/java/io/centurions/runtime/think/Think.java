package io.centurions.runtime.think;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.loops.Failures;
import io.centurions.runtime.think.CenturionConfig.Provider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Asks the model once, and once more when the answer does not keep to the form. No transaction may be open. A
 * model that is away, refuses or keeps answering nonsense ends in {@link Thinking.Stuck}, never in an
 * exception. What was answered is counted by whoever writes down what came of it ({@link Thinking#paid()}).
 */
@ApplicationScoped
public class Think {

    private static final Logger LOG = Logger.getLogger(Think.class);
    private static final int TRIES = 2;

    private final ChatModels models;
    private final ObjectMapper json;
    private final MeterRegistry meters;

    Think(ChatModels models, ObjectMapper json, MeterRegistry meters) {
        this.models = models;
        this.json = json;
        this.meters = meters;
    }

    /** @param company whose places at its model the call takes */
    public Thinking about(CompanyId company, Question question) {
        String model = models.name(question.config().model());
        List<Thinking.Usage> paid = new ArrayList<>();
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            ChatResponse response;
            try {
                response = ask(company, question);
            } catch (RuntimeException failure) {
                tell(company, failure);
                Duration after = NotNow.askedIn(failure).orElse(Duration.ZERO);
                return new Thinking.Stuck("model_unavailable", model, after, paid);
            }
            var usage = Thinking.Usage.of(model, response.tokenUsage());
            paid.add(usage);
            Optional<ParseOutcome.Parsed> parsed = ParseOutcome.parse(
                    json, answer(response.aiMessage()), question.config().criteria(), question.newest());
            if (parsed.isPresent()) {
                count("decided");
                return new Thinking.Decided(parsed.get().outcome(), parsed.get().criteria(), usage, paid);
            }
            count("invalid");
        }
        LOG.warn("the model does not keep to the form, the turn will be tried again");
        return new Thinking.Stuck("model_invalid", model, Duration.ZERO, paid);
    }

    private void tell(CompanyId company, RuntimeException failure) {
        if (failure instanceof ModelNotAllowed refused) {
            count("not_allowed");
            LOG.warnf(
                    "a configuration names a model that may not be asked: %s company_id=%s; runbook model-not-allowed",
                    refused.getMessage(), company);
            return;
        }
        count("unavailable");
        LOG.warnf("the model gave no answer, the turn will be tried again: %s", Failures.place(failure));
        LOG.debug("the failure in full", failure);
    }

    private ChatResponse ask(CompanyId company, Question question) {
        Timer.Sample running = Timer.start(meters);
        try {
            return models.of(company, question.config().model()).chat(request(question));
        } finally {
            running.stop(meters.timer(
                    "model_call_seconds",
                    "provider",
                    question.config().model().provider().name()));
        }
    }

    // Anthropic fills a form as the arguments of a tool that it must call; every model of theirs can.
    private static ChatRequest request(Question question) {
        CenturionConfig config = question.config();
        ChatRequest.Builder request = ChatRequest.builder().messages(PromptBook.messages(question));
        if (config.model().provider() == Provider.ANTHROPIC) {
            ToolSpecification form = ToolSpecification.builder()
                    .name(TurnSchema.NAME)
                    .description("What to do with the person's words.")
                    .parameters(TurnSchema.root(config.criteria()))
                    .build();
            return request.toolSpecifications(List.of(form))
                    .toolChoice(ToolChoice.REQUIRED)
                    .build();
        }
        return request.responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(TurnSchema.of(config.criteria()))
                        .build())
                .build();
    }

    private static String answer(AiMessage message) {
        return message.hasToolExecutionRequests()
                ? message.toolExecutionRequests().getFirst().arguments()
                : message.text();
    }

    private void count(String result) {
        meters.counter("model_calls_total", "result", result).increment();
    }
}
