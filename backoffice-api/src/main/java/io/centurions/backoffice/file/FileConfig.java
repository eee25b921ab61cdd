package io.centurions.backoffice.file;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** What files are taken, and how they are given out. */
@ConfigMapping(prefix = "centurions.files")
interface FileConfig {

    /** The largest file. The HTTP server takes no body above 33 MiB, whatever stands here. */
    @WithDefault("26214400")
    long bytesMax();

    /** What a file may be, by its content ({@link FileType}); anything else is refused. */
    @WithDefault("image/png,image/jpeg,image/gif,image/webp,application/pdf,audio/ogg,audio/mpeg,audio/mp4,video/mp4,"
            + "text/plain,application/vnd.openxmlformats-officedocument.wordprocessingml.document,"
            + "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    Set<String> types();

    /** How long an address that we give out leads to the file. */
    @WithDefault("10m")
    Duration linkValidFor();

    /** A file that has not arrived by then never will: its sender or its replica is gone. */
    @WithDefault("1h")
    Duration arrivesWithin();

    /**
     * An object without a row is left alone that long: it may belong to a database that is being restored.
     */
    @WithDefault("7d")
    Duration strayFor();
}
