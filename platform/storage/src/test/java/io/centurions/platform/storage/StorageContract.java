package io.centurions.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.contracts.Uuid7;
import io.centurions.contracts.id.CompanyId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every storage keeps to, whatever it is made of. Each test has companies of its own. */
public abstract class StorageContract {

    protected final CompanyId company = CompanyId.random();
    protected final CompanyId other = CompanyId.random();

    protected abstract Storage storage();

    @Test
    public void an_object_is_read_as_it_was_put() {
        ObjectRef object = anObject();
        byte[] large = new byte[3_000_001];
        new Random(7).nextBytes(large);

        storage().put(object, new ByteArrayInputStream(large));

        assertThat(bytes(object)).isEqualTo(large);
    }

    @Test
    public void an_object_of_no_bytes_is_one() {
        ObjectRef object = anObject();

        storage().put(object, InputStream.nullInputStream());

        assertThat(bytes(object)).isEmpty();
    }

    @Test
    public void what_is_put_again_takes_the_place_of_what_was_there() {
        ObjectRef object = put("the first, which is longer");

        storage().put(object, content("the second"));

        assertThat(text(object)).isEqualTo("the second");
        assertThat(storage().list(company, null, 10)).hasSize(1);
    }

    @Test
    public void what_was_never_put_is_not_there() {
        storage().open(company);

        assertThat(storage().read(anObject())).isEmpty();
    }

    @Test
    public void another_companys_object_is_not_reached_by_its_id() {
        ObjectRef object = put("of the other");

        assertThat(storage().read(new ObjectRef(other, object.id()))).isEmpty();
        storage().delete(new ObjectRef(other, object.id()));

        assertThat(text(object)).isEqualTo("of the other");
        assertThat(storage().list(other, null, 10)).isEmpty();
    }

    @Test
    public void what_is_deleted_is_gone_and_may_be_deleted_again() {
        ObjectRef object = put("soon gone");

        storage().delete(object);
        storage().delete(object);

        assertThat(storage().read(object)).isEmpty();
        assertThat(storage().list(company, null, 10)).isEmpty();
    }

    @Test
    public void content_that_breaks_off_leaves_nothing() {
        ObjectRef object = anObject();

        assertThatThrownBy(() -> storage().put(object, brokenAfter(200_000))).isInstanceOf(UncheckedIOException.class);

        assertThat(storage().read(object)).isEmpty();
        assertThat(storage().list(company, null, 10)).isEmpty();
    }

    @Test
    public void content_that_is_refused_while_it_is_read_leaves_what_was_there() {
        ObjectRef object = put("as it was");
        InputStream refused = new InputStream() {
            @Override
            public int read() {
                throw new IllegalArgumentException("refused");
            }
        };

        assertThatThrownBy(() -> storage().put(object, refused)).isInstanceOf(IllegalArgumentException.class);

        assertThat(text(object)).isEqualTo("as it was");
    }

    @Test
    public void objects_are_listed_page_by_page_and_only_the_companys_own() {
        List<UUID> ids = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            ids.add(put("number " + number).id());
        }
        storage().open(company);
        storage().put(new ObjectRef(other, Uuid7.next()), content("of another"));

        List<Found> first = storage().list(company, null, 3);
        List<Found> second = storage().list(company, first.getLast().id(), 3);

        assertThat(first).extracting(Found::id).containsExactlyElementsOf(ids.subList(0, 3));
        assertThat(second).extracting(Found::id).containsExactlyElementsOf(ids.subList(3, 5));
        assertThat(storage().list(company, ids.getLast(), 3)).isEmpty();
        assertThat(first.getFirst().bytes()).isEqualTo("number 0".length());
        assertThat(Duration.between(first.getFirst().keptAt(), Instant.now()).abs())
                .isLessThan(Duration.ofMinutes(1));
    }

    @Test
    public void a_part_is_opened_again_and_closed_again() {
        storage().open(company);
        storage().open(company);

        assertThat(storage().close(company)).isTrue();
        assertThat(storage().close(company)).isTrue();
        assertThat(storage().list(company, null, 10)).isEmpty();
    }

    @Test
    public void a_part_that_holds_an_object_is_not_closed() {
        storage().open(company);
        ObjectRef object = put("still needed");

        assertThat(storage().close(company)).isFalse();

        assertThat(text(object)).isEqualTo("still needed");
        storage().delete(object);
        assertThat(storage().close(company)).isTrue();
    }

    @Test
    public void a_reader_meets_the_old_object_or_the_new_one_and_never_a_part() throws Exception {
        String one = "1".repeat(300_000);
        String two = "2".repeat(200_000);
        ObjectRef object = put(one);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writer = threads.submit(() -> {
                for (int turn = 0; turn < 20; turn++) {
                    storage().put(object, content(turn % 2 == 0 ? two : one));
                }
            });
            while (!writer.isDone()) {
                assertThat(text(object)).matches(read -> read.equals(one) || read.equals(two), "one of the two");
            }
            writer.get();
        }
    }

    protected final ObjectRef anObject() {
        return new ObjectRef(company, Uuid7.next());
    }

    protected final ObjectRef put(String text) {
        ObjectRef object = anObject();
        storage().put(object, content(text));
        return object;
    }

    protected final String text(ObjectRef object) {
        return new String(bytes(object), StandardCharsets.UTF_8);
    }

    protected static InputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] bytes(ObjectRef object) {
        try (Content content = storage().read(object).orElseThrow()) {
            byte[] read = content.stream().readAllBytes();
            assertThat(content.bytes()).isEqualTo(read.length);
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream brokenAfter(int bytes) {
        return new SequenceInputStream(new ByteArrayInputStream(new byte[bytes]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the sender is gone");
            }
        });
    }
}
