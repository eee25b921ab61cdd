package io.centurions.platform.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PutDownTest {

    private static final Path HERE = Path.of(System.getProperty("java.io.tmpdir"));

    @Test
    void it_can_be_read_again_from_its_start_while_it_is_read() throws IOException {
        byte[] content = new byte[200_000];
        new Random(11).nextBytes(content);

        try (PutDown down = PutDown.of(new ByteArrayInputStream(content))) {
            InputStream first = down.fromStart();
            assertThat(first.readNBytes(1000)).hasSize(1000);

            assertThat(down.fromStart().readAllBytes()).isEqualTo(content);
            assertThat(first.readAllBytes()).hasSize(199_000);
            assertThat(down.bytes()).isEqualTo(200_000);
        }
    }

    @Test
    void no_file_is_left_even_if_the_process_were_killed_now() throws IOException {
        Set<Path> before = parts();

        try (PutDown down = PutDown.of(new ByteArrayInputStream(new byte[10]))) {
            assertThat(parts()).isEqualTo(before);
            assertThat(down.bytes()).isEqualTo(10);
        }
    }

    @Test
    void content_that_cannot_be_read_leaves_nothing_open() throws IOException {
        Set<Path> before = parts();
        InputStream refused = new InputStream() {
            @Override
            public int read() {
                throw new IllegalArgumentException("refused");
            }
        };

        assertThatThrownBy(() -> PutDown.of(refused)).isInstanceOf(IllegalArgumentException.class);

        assertThat(parts()).isEqualTo(before);
    }

    private static Set<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(HERE)) {
            return files.filter(file -> file.getFileName().toString().matches("s3-.*\\.part"))
                    .collect(Collectors.toSet());
        }
    }
}
