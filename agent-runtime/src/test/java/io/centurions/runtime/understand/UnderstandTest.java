package io.centurions.runtime.understand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.langchain4j.exception.InvalidRequestException;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.contracts.id.MessageId;
import io.centurions.platform.providers.Exchange;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.tenancy.Trace;
import io.centurions.runtime.think.CenturionConfig;
import io.centurions.runtime.think.CenturionConfig.ModelChoice;
import io.centurions.runtime.think.CenturionConfig.Provider;
import io.centurions.runtime.think.CenturionConfig.Typing;
import io.centurions.runtime.think.NotAsked;
import io.centurions.runtime.think.NotNow;
import io.centurions.runtime.think.Thinking;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is written down of a media that was asked about, so that nobody asks in vain. */
class UnderstandTest {

    private static final int MIB = 1024 * 1024;
    private static final Thinking.Usage PAID = new Thinking.Usage("m", 0, 0, 4);
    private static final CenturionConfig CONFIG = new CenturionConfig(
            1,
            "Venda.",
            "pt-BR",
            new ModelChoice(Provider.OPENAI, null, null, null, 0.3),
            List.of(),
            60,
            new Typing(1, 1, 1));
    private static final Understand.Place PLACE =
            new Understand.Place(CompanyId.random(), InstanceId.random(), "telegram");

    private final List<String> written = new CopyOnWriteArrayList<>();
    private final Deque<Supplier<Meaning>> answers = new ConcurrentLinkedDeque<>();
    private int media = 1;
    private Duration patience = Duration.ofSeconds(20);
    private boolean fileIsGone;
    private int fileBytes = 1;
    private MediaKind kind = MediaKind.AUDIO;
    private MediaMemory memory = new MediaMemory(192L * MIB, new SimpleMeterRegistry());

    @Test
    void words_are_kept() {
        answers.add(() -> new Meaning("oi", PAID));

        assertThat(understood().texts()).containsValue("oi");
        assertThat(written).containsExactly("kept oi, paid m");
    }

    @Test
    void that_nothing_could_be_made_of_it_is_kept_too() {
        answers.add(() -> new Meaning(null, PAID));

        assertThat(understood()).isEqualTo(Understood.NOTHING);
        assertThat(written).containsExactly("kept null, paid m");
    }

    @Test
    void that_there_is_no_file_is_kept_and_nothing_is_paid() {
        fileIsGone = true;

        assertThat(understood()).isEqualTo(Understood.NOTHING);
        assertThat(written).containsExactly("kept null");
    }

    @Test
    void whoever_is_busy_is_waited_for() {
        answers.add(() -> {
            throw new NotNow("busy", Duration.ofSeconds(7));
        });

        assertThat(understood().putOff()).hasSize(1);
        assertThat(written).containsExactly("put off PT7S");
    }

    @Test
    void whoever_just_fails_is_asked_again_soon() {
        answers.add(() -> {
            throw new IllegalStateException("500");
        });

        assertThat(understood().putOff()).hasSize(1);
        assertThat(written).containsExactly("put off PT2S");
    }

    @Test
    void what_was_cut_off_with_the_patience_is_put_off_but_not_waited_for() {
        patience = Duration.ofMillis(500);
        answers.add(() -> {
            throw new IllegalStateException("timeout");
        });

        assertThat(understood()).isEqualTo(Understood.NOTHING);
        assertThat(written).containsExactly("put off PT2S");
    }

    @Test
    void whoever_refuses_is_left_alone_and_not_waited_for() {
        answers.add(() -> {
            throw new InvalidRequestException("400");
        });

        assertThat(understood()).isEqualTo(Understood.NOTHING);
        assertThat(written).containsExactly("left PT1M");
    }

    @Test
    void a_database_that_is_away_says_nothing_of_the_media() {
        answers.add(() -> {
            throw new DatabaseUnavailable("reading the file", null);
        });

        assertThatThrownBy(this::understood).isInstanceOf(DatabaseUnavailable.class);
        assertThat(written).isEmpty();
    }

    @Test
    void nor_is_anything_more_asked_then() {
        media = 8;
        IntStream.range(0, media)
                .forEach(each -> answers.add(() -> {
                    throw new DatabaseUnavailable("reading the file", null);
                }));

        assertThatThrownBy(this::understood).isInstanceOf(DatabaseUnavailable.class);
        assertThat(answers).as("left").hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void one_that_hangs_does_not_keep_the_others_from_being_asked_and_written() {
        media = 2;
        answers.add(() -> {
            await().atMost(Duration.ofSeconds(10)).until(() -> written.contains("kept oi, paid m"));
            throw new IllegalStateException("timeout");
        });
        answers.add(() -> new Meaning("oi", PAID));

        assertThat(understood().texts()).containsValue("oi");
        assertThat(written).containsExactly("kept oi, paid m", "put off PT2S");
    }

    @Test
    void what_we_kept_back_is_tried_again_when_another_was_understood() {
        media = 2;
        answers.add(UnderstandTest::keptBack);
        answers.add(() -> new Meaning("oi", PAID));
        answers.add(() -> new Meaning("quanto custa?", PAID));

        assertThat(understood().texts()).hasSize(2).containsValue("quanto custa?");
        assertThat(written).containsExactly("kept oi, paid m", "kept quanto custa?, paid m");
    }

    @Test
    void also_when_that_one_had_no_words() {
        media = 2;
        answers.add(UnderstandTest::keptBack);
        answers.add(() -> new Meaning(null, PAID));
        answers.add(() -> new Meaning("quanto custa?", PAID));

        assertThat(understood().texts()).hasSize(1).containsValue("quanto custa?");
    }

    @Test
    void once() {
        media = 2;
        answers.add(UnderstandTest::keptBack);
        answers.add(() -> new Meaning("oi", PAID));
        answers.add(UnderstandTest::keptBack);

        assertThat(understood().putOff()).hasSize(1);
        assertThat(written).containsExactly("kept oi, paid m", "put off PT2S");
    }

    @Test
    void and_not_at_all_while_nobody_was_understood() {
        media = 2;
        answers.add(UnderstandTest::keptBack);
        answers.add(UnderstandTest::keptBack);

        assertThat(understood().putOff()).hasSize(2);
        assertThat(written).containsExactly("put off PT2S", "put off PT2S");
    }

    @Test
    void four_are_asked_at_once_and_no_more() {
        media = 12;
        var four = new CyclicBarrier(4);
        var asked = new AtomicInteger();
        var most = new AtomicInteger();
        IntStream.range(0, media)
                .forEach(each -> answers.add(() -> {
                    most.accumulateAndGet(asked.incrementAndGet(), Math::max);
                    meet(four);
                    asked.decrementAndGet();
                    return new Meaning("oi", PAID);
                }));

        assertThat(understood().texts()).hasSize(12);
        assertThat(most).hasValue(4);
    }

    @Test
    void what_is_told_of_them_belongs_to_the_trace_of_their_turn() {
        media = 2;
        IntStream.range(0, media)
                .forEach(each -> answers.add(() -> new Meaning(Trace.current().traceId(), PAID)));
        Trace trace = Trace.started(null);

        assertThat(Trace.call(trace, this::understood).texts().values()).containsOnly(trace.traceId());
    }

    @Test
    void a_large_file_waits_for_room_in_the_memory() {
        patience = Duration.ofMillis(1050);
        memory.take(PLACE.company(), MediaKind.AUDIO, 12 * MIB, MediaPatience.of(patience));
        fileBytes = 2 * MIB;

        assertThat(understood().texts()).isEmpty();
        assertThat(written).containsExactly("put off " + Download.AGAIN);
    }

    @Test
    void room_is_given_back_when_a_media_was_understood() {
        memory = new MediaMemory(8L * MIB, new SimpleMeterRegistry());
        media = 2;
        fileBytes = 2 * MIB;
        IntStream.range(0, media).forEach(each -> answers.add(() -> new Meaning("oi", PAID)));

        assertThat(understood().texts()).hasSize(2);
        memory.take(PLACE.company(), MediaKind.AUDIO, 2 * MIB, MediaPatience.of(Duration.ofMillis(1050)))
                .close();
    }

    @Test
    void and_before_a_file_that_is_longer_than_told_is_fetched_again() {
        memory = new MediaMemory(8L * MIB, new SimpleMeterRegistry());
        kind = MediaKind.IMAGE;
        fileBytes = 2 * MIB;
        answers.add(() -> new Meaning("um carro", PAID));

        assertThat(understood().texts()).containsValue("um carro");
    }

    @Test
    void an_audio_too_long_for_any_model_is_given_up_for_good() {
        fileBytes = 25 * MIB + 1;

        assertThat(understood()).isEqualTo(Understood.NOTHING);
        assertThat(written).containsExactly("kept null");
    }

    @Test
    void a_picture_that_would_take_the_memory_of_everybody_is_given_up_for_good() {
        kind = MediaKind.IMAGE;
        fileBytes = 10 * MIB + 1;

        assertThat(understood()).isEqualTo(Understood.NOTHING);
        assertThat(written).containsExactly("kept null");
    }

    private static Meaning keptBack() {
        throw new IllegalStateException("wrapped", new NotAsked(new Exchange.NotSent("breaker_open", Duration.ZERO)));
    }

    // Broken, when four are not there in time.
    private static void meet(CyclicBarrier four) {
        try {
            four.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new IllegalStateException(alone);
        }
    }

    private Understood understood() {
        var understand =
                new Understand(List.of(new Telegram()), memory, new Model(), new Notes(), new SimpleMeterRegistry());
        return understand.understand(
                PLACE,
                CONFIG,
                IntStream.range(0, media)
                        .mapToObj(each -> new Unheard(MessageId.random(), kind, MissingNode.getInstance()))
                        .toList(),
                MediaPatience.of(patience));
    }

    private final class Telegram implements MediaSource {
        @Override
        public String channel() {
            return "telegram";
        }

        @Override
        public Optional<Fetched> fetch(Wanted wanted) {
            if (fileBytes > wanted.most()) {
                throw new TooLong();
            }
            return fileIsGone ? Optional.empty() : Optional.of(new Fetched(new byte[fileBytes], "audio/ogg"));
        }
    }

    private final class Model extends AskModel {
        Model() {
            super(null, null);
        }

        @Override
        Meaning about(MediaSource.Fetched file, MediaSource.Wanted wanted, CenturionConfig config) {
            return answers.removeFirst().get();
        }
    }

    private final class Notes extends KeepMeaning {
        Notes() {
            super(null, null);
        }

        @Override
        void keep(CompanyId company, MessageId message, UUID call, Meaning meaning) {
            written.add("kept " + meaning.text()
                    + (meaning.paid() == null ? "" : ", paid " + meaning.paid().model()));
        }

        @Override
        void putOff(CompanyId company, MessageId message, Duration wait, Duration asked) {
            written.add("put off " + wait);
        }

        @Override
        void leave(CompanyId company, MessageId message, Duration wait) {
            written.add("left " + wait);
        }
    }
}
