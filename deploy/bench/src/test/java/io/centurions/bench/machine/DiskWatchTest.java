package io.centurions.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.bench.figure.Samples;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskWatchTest {

    @TempDir
    private Path folder;

    @Test
    void it_measures_until_it_is_ended_and_leaves_nothing_behind() {
        DiskWatch watch = new DiskWatch(folder);

        Samples seen = watch.end();

        assertThat(seen.size()).isPositive();
        assertThat(seen.most()).isPositive();
        assertThat(folder).isEmptyDirectory();
    }
}
