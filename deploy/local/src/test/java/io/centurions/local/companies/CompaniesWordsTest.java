package io.centurions.local.companies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.local.companies.CompaniesWords.Act;
import io.centurions.local.place.Trouble;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CompaniesWordsTest {

    private static final UUID COMPANY = UUID.fromString("0198c0de-0000-7000-8000-000000000001");

    @Test
    void a_migration_takes_a_canary_and_a_number() {
        var asked = parse("migrate", "--at-once", "6", "--canary", COMPANY.toString());

        assertThat(asked).isEqualTo(new CompaniesWords(Act.MIGRATE, Optional.of(COMPANY), Optional.of(6)));
        assertThat(parse("migrate").company()).isEmpty();
    }

    @Test
    void status_is_of_a_company_or_of_the_last_migration() {
        assertThat(parse("status").company()).isEmpty();
        assertThat(parse("status", COMPANY.toString()).company()).contains(COMPANY);
    }

    @Test
    void what_is_not_understood_is_refused() {
        for (List<String> words : List.of(
                List.<String>of(),
                List.of("migrat"),
                List.of("migrate", "--canary"),
                List.of("migrate", COMPANY.toString()),
                List.of("retry", "now"),
                List.of("undo"),
                List.of("provision"),
                List.of("undo", "all"),
                List.of("status", COMPANY.toString(), COMPANY.toString()))) {
            assertThatThrownBy(() -> CompaniesWords.parse(words))
                    .as("%s", words)
                    .isInstanceOf(Trouble.class);
        }
    }

    private static CompaniesWords parse(String... words) {
        return CompaniesWords.parse(List.of(words));
    }
}
