package io.centurions.runtime.understand;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.contracts.id.MessageId;
import io.centurions.platform.loops.Failures;
import io.centurions.runtime.think.CenturionConfig;
import io.centurions.runtime.think.NotNow;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Understands the media of a burst, in order, each once: what was understood is stored on its message, with
 * what it cost, and never asked again. Who cannot answer now is left alone for as long as they say. No transaction is
 * open while a provider or a model is asked.
 */
@ApplicationScoped
public class Understand {

    private static final Logger LOG = Logger.getLogger(Understand.class);

    private final Map<String, MediaSource> sources;
    private final Transcribe transcribe;
    private final DescribeImage describe;
    private final KeepMeaning keep;
    private final MeterRegistry meters;

    Understand(
            @All List<MediaSource> sources,
            Transcribe transcribe,
            DescribeImage describe,
            KeepMeaning keep,
            MeterRegistry meters) {
        this.sources = sources.stream().collect(Collectors.toMap(MediaSource::channel, Function.identity()));
        this.transcribe = transcribe;
        this.describe = describe;
        this.keep = keep;
        this.meters = meters;
    }

    /** Where the media of a conversation come from. */
    public record Place(CompanyId company, InstanceId instance, String channel) {}

    public Understood understand(Place place, CenturionConfig config, List<Unheard> media) {
        Map<MessageId, String> texts = new LinkedHashMap<>();
        boolean putOff = false;
        for (Unheard each : media) {
            Meaning meaning = Meaning.NONE;
            try {
                meaning = meaning(place, config, each);
            } catch (RuntimeException failure) {
                Optional<Duration> wait = NotNow.askedIn(failure);
                wait.ifPresent(asked -> keep.putOff(place.company(), each.message(), asked));
                putOff |= wait.isPresent();
                LOG.warnf(
                        "a media was not understood%s message_id=%s: %s",
                        wait.isPresent() ? ", it is asked about later" : ", the turn goes on without it",
                        each.message(),
                        Failures.place(failure));
            }
            if (meaning.paid() != null) {
                keep.keep(place.company(), each.message(), meaning);
            }
            if (meaning.text() != null) {
                texts.put(each.message(), meaning.text());
            }
            count(each.kind(), meaning.text() != null);
        }
        return new Understood(texts, putOff);
    }

    private Meaning meaning(Place place, CenturionConfig config, Unheard media) {
        var wanted =
                new MediaSource.Wanted(place.company(), place.instance(), media.message(), media.kind(), media.media());
        return sources.get(place.channel())
                .fetch(wanted)
                .map(fetched -> "audio".equals(media.kind())
                        ? transcribe.transcribe(place.company(), fetched, config.language())
                        : describe.describe(place.company(), fetched, config))
                .orElse(Meaning.NONE);
    }

    private void count(String kind, boolean understood) {
        meters.counter("media_understood_total", "kind", kind, "understood", String.valueOf(understood))
                .increment();
    }
}
