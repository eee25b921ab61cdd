package io.centurions.runtime.understand;

import dev.langchain4j.exception.NonRetriableException;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.contracts.id.MessageId;
import io.centurions.platform.loops.Failures;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.runtime.think.CenturionConfig;
import io.centurions.runtime.think.ModelNotAllowed;
import io.centurions.runtime.think.NotAsked;
import io.centurions.runtime.think.NotNow;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Understands the media of a burst, a few side by side, each once: what was made of it, be it nothing, is stored on its message, with
 * what it cost, and never asked again. Who cannot answer now is left alone for as long as they say, and the turn may wait for it;
 * whoever just fails is asked again soon, because the words of a lead are worth more than a few seconds. Whoever refuses what we ask
 * is left alone for a minute, and the turn goes on. No transaction is open while a provider or a model is asked.
 */
@ApplicationScoped
public class Understand {

    private static final Logger LOG = Logger.getLogger(Understand.class);

    /** A turn that waits for another media is over by then; one that comes back after an outage finds it mended. */
    private static final Duration LEFT_ALONE = Duration.ofMinutes(1);

    /**
     * So that one that hangs does not use up the patience with the others. Few, as each may take a place of the company's at its
     * provider (32).
     */
    private static final FewAtOnce A_FEW = new FewAtOnce(4);

    private final Map<String, MediaSource> sources;
    private final MediaMemory memory;
    private final AskModel model;
    private final KeepMeaning keep;
    private final MeterRegistry meters;

    Understand(
            @All List<MediaSource> sources,
            MediaMemory memory,
            AskModel model,
            KeepMeaning keep,
            MeterRegistry meters) {
        this.sources = sources.stream().collect(Collectors.toMap(MediaSource::channel, Function.identity()));
        this.memory = memory;
        this.model = model;
        this.keep = keep;
        this.meters = meters;
    }

    /** Where the media of a conversation come from. */
    public record Place(CompanyId company, InstanceId instance, String channel) {}

    /** How asking about one media ended. */
    private sealed interface Asked {

        /** With a judgement that stands. */
        record Judged(Meaning meaning) implements Asked {}

        /**
         * Not now; worth waiting for.
         *
         * @param took     how long it was asked about
         * @param cutOff   true when the patience was over
         * @param keptBack true when whoever was to be asked never was: the breaker's one try was another's
         */
        record Later(Duration after, Duration took, boolean cutOff, boolean keptBack) implements Asked {}

        /** With a refusal, which would be the same now. */
        record Refused() implements Asked {}

        /** Whether a model said something of it, be it nothing. */
        default boolean isAnswered() {
            return this instanceof Judged(Meaning meaning) && meaning.paid() != null;
        }
    }

    /**
     * Each result is written down when it comes, whatever becomes of the others. Returns when all have ended. What we kept back
     * ourselves is tried once more when a model has just answered for another.
     *
     * @param patience shared by all: no call lasts longer; what is cut off then, or not even asked, is put off
     * @throws DatabaseUnavailable when nothing can be read or written: what became of a media is not known
     */
    public Understood understand(Place place, CenturionConfig config, List<Unheard> media, MediaPatience patience) {
        Map<MessageId, String> texts = new ConcurrentHashMap<>();
        Set<MessageId> putOff = ConcurrentHashMap.newKeySet();
        Map<Unheard, Asked> keptBack = new ConcurrentHashMap<>();
        var answered = new AtomicBoolean();
        A_FEW.each(media, each -> {
            switch (ask(place, config, each, patience)) {
                case Asked.Later later when later.keptBack() -> keptBack.put(each, later);
                case Asked asked -> {
                    answered.compareAndSet(false, asked.isAnswered());
                    writeDown(place, each, asked, texts, putOff);
                }
            }
        });
        boolean worksAgain = answered.get() && !patience.isOver();
        A_FEW.each(List.copyOf(keptBack.keySet()), each -> {
            Asked asked = worksAgain ? ask(place, config, each, patience) : keptBack.get(each);
            writeDown(place, each, asked, texts, putOff);
        });
        return new Understood(texts, putOff);
    }

    private void writeDown(
            Place place, Unheard media, Asked asked, Map<MessageId, String> texts, Set<MessageId> putOff) {
        switch (asked) {
            case Asked.Judged(Meaning meaning) -> {
                keep.keep(place.company(), media.message(), UUID.randomUUID(), meaning);
                meaning.words().ifPresent(words -> texts.put(media.message(), words));
            }
            case Asked.Later later -> {
                keep.putOff(place.company(), media.message(), later.after(), later.took());
                if (!later.cutOff()) {
                    putOff.add(media.message());
                }
            }
            case Asked.Refused refused -> keep.leave(place.company(), media.message(), LEFT_ALONE);
        }
        count(media.kind(), texts.containsKey(media.message()));
    }

    private Asked ask(Place place, CenturionConfig config, Unheard media, MediaPatience patience) {
        long began = System.nanoTime();
        try {
            return new Asked.Judged(meaning(place, config, media, patience));
        } catch (DatabaseUnavailable away) {
            // That says nothing of the media; the turn comes back.
            throw away;
        } catch (RuntimeException failure) {
            Optional<Duration> wait = NotNow.askedIn(failure)
                    .or(() -> isRefusal(failure) ? Optional.empty() : Optional.of(Download.AGAIN));
            LOG.warnf(
                    "a media was not understood%s message_id=%s: %s",
                    wait.isPresent() ? ", it is asked about later" : ", the turn goes on without it",
                    media.message(),
                    Failures.place(failure));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            return wait.<Asked>map(after -> new Asked.Later(after, took, patience.isOver(), NotAsked.isIn(failure)))
                    .orElseGet(Asked.Refused::new);
        }
    }

    // A wrong key, a model that is not there, a picture that it does not take.
    private static boolean isRefusal(RuntimeException failure) {
        return failure instanceof NonRetriableException || failure instanceof ModelNotAllowed;
    }

    // Small unless it is said to be larger: what turns out longer is fetched again.
    private Meaning meaning(Place place, CenturionConfig config, Unheard media, MediaPatience patience) {
        for (int most :
                IntStream.of(media.bytesTold(), media.kind().most()).distinct().toArray()) {
            var wanted = new MediaSource.Wanted(
                    place.company(), place.instance(), media.message(), media.kind(), media.media(), most, patience);
            try (MediaMemory.Share share = memory.take(place.company(), media.kind(), most, patience)) {
                Optional<MediaSource.Fetched> fetched =
                        sources.get(place.channel()).fetch(wanted);
                fetched.ifPresent(file -> share.shrinkTo(file.bytes().length));
                return fetched.map(file -> model.about(file, wanted, config)).orElse(Meaning.NONE);
            } catch (TooLong larger) {
                LOG.debugf("a media has more than %d bytes message_id=%s", most, media.message());
            }
        }
        return Meaning.NONE;
    }

    private void count(MediaKind kind, boolean understood) {
        meters.counter("media_understood_total", "kind", kind.wire(), "understood", String.valueOf(understood))
                .increment();
    }
}
