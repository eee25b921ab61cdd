package io.centurions.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.centurions.platform.testkit.Admin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a runbook has somebody ask the database, at three in the morning, is understood by it. */
class RunbookSqlTest {

    private static final Pattern BLOCK = Pattern.compile("```sql\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern IN_A_LINE = Pattern.compile("`((?:SELECT|DELETE FROM)\\s[^`…]+)`");
    private static final List<String> SERVICES = List.of("backoffice", "runtime", "evolution", "autentique", "capi");

    static Stream<String> statements() {
        String book = Sources.text(Sources.ROOT.resolve("deploy/runbooks/README.md"));
        return Stream.concat(found(BLOCK, book), found(IN_A_LINE, book));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void a_statement_of_a_runbook_is_one_for_this_database(String statement) {
        for (String service : statement.contains("<s>") ? SERVICES : List.of("")) {
            String ofService = statement.replace("<s>", service).replace("<id>", new UUID(0, 0).toString());

            assertThatCode(() -> Admin.get().query("EXPLAIN " + ofService))
                    .as(ofService)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void accounts_that_nobody_knows_are_listed_whatever_their_webhooks_say() {
        String accounts = found(BLOCK, Sources.text(Sources.ROOT.resolve("deploy/runbooks/README.md")))
                .filter(statement -> statement.contains("unknown_account"))
                .findFirst()
                .orElseThrow();
        var webhooks =
                Map.of("178", "oi", "179", "\\u0000", "180", "\\ud800", "181", "C:\\\\u0000", "182", "\\\"id\\\"");
        webhooks.forEach((account, text) -> {
            String body = "{\"entry\":[{\"messaging\":[{\"recipient\":{\"id\":\"%s\"},\"text\":\"%s\"}]}]}"
                    .formatted(account, text);
            Admin.get().execute("""
                    INSERT INTO core.webhook_inbox_runtime (provider, address, body, reason)
                    VALUES ('instagram', '/webhooks/instagram', ?, 'unknown_account')
                    """, (Object) body.getBytes(StandardCharsets.UTF_8));
        });

        assertThat(Admin.get().query(accounts).stream().flatMap(row -> row.values().stream()))
                .containsAll(webhooks.keySet());
    }

    private static Stream<String> found(Pattern sql, String book) {
        return sql.matcher(book)
                .results()
                .map(found -> found.group(1)
                        .replaceAll("(?m)^--.*$", "")
                        .replaceAll("\\s+", " ")
                        .strip());
    }
}
