package io.centurions.local.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartArchiveTest {

    private static final int FEATURE = Runtime.version().feature();

    @TempDir
    Path target;

    @Test
    void one_process_of_a_service_writes_it_and_the_others_read_it() throws IOException {
        assertThat(options(true)).contains("-XX:+AutoCreateSharedArchive");
        assertThat(options(false))
                .contains("-XX:SharedArchiveFile=" + archive())
                .doesNotContain("-XX:+AutoCreateSharedArchive");
    }

    @Test
    void the_jvm_writes_it_at_its_first_end_and_starts_from_it_without_a_word() throws Exception {
        assertThat(ran(true)).isEmpty();
        assertThat(archive()).isNotEmptyFile();

        assertThat(ran(false, "-Xlog:class+load:stdout"))
                .contains(Program.class.getName() + " source: shared objects file (top)");
    }

    @Test
    void one_whose_writer_was_killed_is_written_anew() throws Exception {
        Files.write(archive(), new byte[100_000]);

        assertThat(ran(true)).isEmpty();

        assertThat(ran(false, "-Xlog:class+load:stdout"))
                .contains(Program.class.getName() + " source: shared objects file (top)");
    }

    // The JVM itself passes over one of another jar and leaves it as it is.
    @Test
    void one_of_the_build_before_gives_way_to_another() throws Exception {
        ran(true);
        Path before = archive();
        Files.setLastModifiedTime(jar(), FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(ran(true)).isEmpty();

        assertThat(before).doesNotExist();
        assertThat(ran(false, "-Xlog:class+load:stdout"))
                .contains(Program.class.getName() + " source: shared objects file (top)");
    }

    /** Has its own class loaded from a jar, and says nothing. */
    public static final class Program {

        private Program() {}

        public static void main(String[] none) {}
    }

    private String ran(boolean writes, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options(writes));
        command.addAll(List.of(more));
        command.addAll(List.of("-cp", jar().toString(), Program.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }

    private List<String> options(boolean writes) throws IOException {
        return StartArchive.options(jar(), target, writes, FEATURE);
    }

    private Path archive() throws IOException {
        return target.resolve(
                "start-%d-%d.jsa".formatted(Files.getLastModifiedTime(jar()).toMillis(), Files.size(jar())));
    }

    // Made once: another one, later, would be other jars.
    private Path jar() throws IOException {
        Path jar = target.resolve("program.jar");
        if (Files.notExists(jar)) {
            String entry = Program.class.getName().replace('.', '/') + ".class";
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                    InputStream program = Program.class.getClassLoader().getResourceAsStream(entry)) {
                out.putNextEntry(new JarEntry(entry));
                program.transferTo(out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
