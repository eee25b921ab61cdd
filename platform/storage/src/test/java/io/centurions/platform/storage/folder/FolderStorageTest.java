package io.centurions.platform.storage.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.platform.storage.Download;
import io.centurions.platform.storage.ObjectRef;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.storage.StorageContract;
import io.centurions.platform.storage.StorageFull;
import io.centurions.platform.storage.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStorageTest extends StorageContract {

    @TempDir
    Path root;

    @Override
    protected Storage storage() {
        return new FolderStorage(root, links(), 0);
    }

    @Test
    void an_object_is_a_file_below_its_company_and_nothing_else_is_left() throws IOException {
        var object = put("here");

        assertThat(root.resolve(company.value().toString()).resolve(object.id().toString()))
                .hasContent("here");
        assertThat(arriving()).isEmpty();
    }

    @Test
    void a_disk_that_fills_up_meanwhile_leaves_no_half_file() throws IOException {
        AtomicLong free = new AtomicLong(150_000);
        var storage = new FolderStorage(root, links(), new Room(() -> free.getAndAdd(-50_000), 40_000));
        var object = anObject();

        assertThatThrownBy(() -> storage.put(object, content("x".repeat(300_000))))
                .isInstanceOf(StorageFull.class);

        assertThat(free).hasValueLessThan(150_000 - 50_000);
        assertThat(storage.read(object)).isEmpty();
        assertThat(arriving()).isEmpty();
    }

    @Test
    void a_full_disk_still_gives_and_deletes() {
        var object = put("kept before");
        var full = new FolderStorage(root, links(), Long.MAX_VALUE);

        assertThatThrownBy(() -> full.put(anObject(), content("one more"))).isInstanceOf(StorageFull.class);

        assertThat(full.read(object)).isPresent();
        full.delete(object);
        assertThat(full.read(object)).isEmpty();
    }

    @Test
    void the_words_of_a_full_disk_are_known() {
        assertThat(Room.isMissing(new IOException("No space left on device"))).isTrue();
        assertThat(Room.isMissing(new IOException("Disk quota exceeded"))).isTrue();
        assertThat(Room.isMissing(new IOException("Permission denied"))).isFalse();
        assertThat(Room.isMissing(new IOException())).isFalse();
    }

    @Test
    void a_folder_that_cannot_be_written_is_unavailable() throws IOException {
        Path file = Files.writeString(root.resolve("a-file"), "no folder");
        var storage = new FolderStorage(file, links(), 0);

        assertThatThrownBy(() -> storage.open(company)).isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> storage.put(anObject(), content("x"))).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void a_link_that_somebody_laid_into_a_company_is_not_followed() throws IOException {
        Path secret = Files.writeString(root.resolve("secret"), "of the machine");
        storage().open(company);
        var object = anObject();
        Files.createSymbolicLink(root.resolve(object.key()), secret);

        assertThatThrownBy(() -> storage().read(object)).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void a_company_whose_folder_leads_to_anothers_reaches_nothing_there() throws IOException {
        var object = put("of one");
        Files.createSymbolicLink(
                root.resolve(other.value().toString()),
                root.resolve(company.value().toString()));
        var through = new ObjectRef(other, object.id());

        assertThatThrownBy(() -> storage().read(through)).isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> storage().put(through, content("by the other")))
                .isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> storage().delete(through)).isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> storage().list(other, null, 10)).isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> storage().open(other)).isInstanceOf(StorageUnavailable.class);
        assertThat(text(object)).isEqualTo("of one");
        assertThat(arriving()).isEmpty();
    }

    @Test
    void what_a_killed_put_left_is_forgotten_once_it_is_old() throws IOException {
        put("kept");
        Path old = part(Instant.now().minus(Duration.ofDays(2)));
        Path fresh = part(Instant.now());

        storage().forgetBrokenOff(Instant.now().minus(Duration.ofDays(1)));

        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
        assertThat(storage().list(company, null, 10)).hasSize(1);
    }

    @Test
    void files_that_are_no_objects_are_in_no_list() throws IOException {
        storage().open(company);
        Files.writeString(root.resolve(company.value().toString()).resolve("lost+found"), "x");
        Files.writeString(root.resolve(company.value().toString()).resolve(".nfs0001"), "x");

        assertThat(storage().list(company, null, 10)).isEmpty();
    }

    @Test
    void an_address_is_one_of_ours() {
        var address = storage()
                .link(
                        anObject(),
                        new Download("a.png", "image/png"),
                        Instant.now().plusSeconds(60));

        assertThat(address.toString()).startsWith("/public/files/" + company + "/");
    }

    private Path part(Instant changed) throws IOException {
        Path folder = Files.createDirectories(root.resolve(".arriving"));
        Path part = Files.writeString(Files.createTempFile(folder, "", ".part"), "half");
        return Files.setLastModifiedTime(part, FileTime.from(changed));
    }

    private List<Path> arriving() throws IOException {
        try (Stream<Path> parts = Files.list(root.resolve(".arriving"))) {
            return parts.toList();
        }
    }

    private static Links links() {
        return new Links(TestConfig.signing("a-key-that-is-long-enough-for-tests"));
    }
}
