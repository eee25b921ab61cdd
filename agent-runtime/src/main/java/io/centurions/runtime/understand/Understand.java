package io.centurions.runtime.understand;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.contracts.id.MessageId;
import io.centurions.platform.loops.Failures;
import io.centurions.platform.tenancy.Database;
import io.centurions.runtime.think.CenturionConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Understands the media of a burst, in order, each once: what was understood is stored on its message and never asked again. No
 * transaction is open while a provider or a model is asked.
 */
@ApplicationScoped
public class Understand {

    private static final Logger LOG = Logger.getLogger(Understand.class);

    private final Database database;
    private final Map<String, MediaSource> sources;
    private final Transcribe transcribe;
    private final DescribeImage describe;
    private final MeterRegistry meters;

    Understand(
            Database database,
            @All List<MediaSource> sources,
            Transcribe transcribe,
            DescribeImage describe,
            MeterRegistry meters) {
        this.database = database;
        this.sources = sources.stream().collect(Collectors.toMap(MediaSource::channel, Function.identity()));
        this.transcribe = transcribe;
        this.describe = describe;
        this.meters = meters;
    }

    /** Where the media of a conversation come from. */
    public record Place(CompanyId company, InstanceId instance, String channel) {}

    /** @return what was understood, by message; a message that could not be understood is absent */
    public Map<MessageId, String> understand(Place place, CenturionConfig config, List<Unheard> media) {
        Map<MessageId, String> understood = new LinkedHashMap<>();
        for (Unheard each : media) {
            Optional<String> text = one(place, config, each);
            meters.counter(
                            "media_understood_total",
                            "kind",
                            each.kind(),
                            "understood",
                            String.valueOf(text.isPresent()))
                    .increment();
            text.ifPresent(words -> {
                keep(place.company(), each.message(), words);
                understood.put(each.message(), words);
            });
        }
        return understood;
    }

    private Optional<String> one(Place place, CenturionConfig config, Unheard media) {
        try {
            var wanted = new MediaSource.Wanted(
                    place.company(), place.instance(), media.message(), media.kind(), media.media());
            return sources.get(place.channel())
                    .fetch(wanted)
                    .flatMap(fetched -> "audio".equals(media.kind())
                            ? transcribe.transcribe(place.company(), fetched, config.language())
                            : describe.describe(place.company(), fetched, config));
        } catch (RuntimeException failure) {
            LOG.warnf(
                    "a media was not understood, the turn goes on without it message_id=%s: %s",
                    media.message(), Failures.place(failure));
            return Optional.empty();
        }
    }

    private void keep(CompanyId company, MessageId message, String text) {
        database.onceAsCompany(
                company,
                "UPDATE core.messages SET transcript = $3 WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL",
                company.value(),
                message.value(),
                text.replace("\u0000", ""));
    }
}
