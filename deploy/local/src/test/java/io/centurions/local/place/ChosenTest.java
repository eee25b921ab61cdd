package io.centurions.local.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenTest {

    @TempDir
    Path folder;

    @Test
    void a_later_command_reads_what_was_kept() {
        Home home = new Home(folder, folder.resolve("state"));
        home.make();
        Chosen chosen = new Chosen(new Ports(8080), true, 2, Set.of("REDIS_URL", "DATABASE_URL"));

        chosen.keep(home);

        assertThat(Chosen.kept(home)).contains(chosen);
    }

    @Test
    void the_same_variables_do_not_differ() {
        assertThat(new Chosen(new Ports(8080), true, 1, Set.of("REDIS_URL")).differsFrom(Set.of("REDIS_URL")))
                .isEmpty();
    }

    @Test
    void what_was_set_then_or_is_set_now_is_named_in_one_line() {
        var chosen = new Chosen(new Ports(8080), true, 1, Set.of("DATABASE_URL", "REDIS_URL"));

        assertThat(chosen.differsFrom(Set.of("REDIS_URL", "OPENAI_API_KEY")))
                .contains(
                        "the running fleet was started without OPENAI_API_KEY and with DATABASE_URL, unlike this shell:"
                                + " run ./fleet down first");
    }
}
