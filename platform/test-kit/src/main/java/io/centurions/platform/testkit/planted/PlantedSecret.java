package io.centurions.platform.testkit.planted;

import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Operators;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * A secret that a test hands in at a door, or that the installation has, and where it turned up since. Listens to the
 * process's log until closed. Tests assert {@link #places()} to be empty; {@link #isFoundIn} shows that the search sees.
 */
public final class PlantedSecret implements AutoCloseable {

    private static final String TABLES = """
            SELECT format('%I.%I', n.nspname, c.relname) AS name
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
               AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%'
            """;

    // A connection for each of the thousands would take longer than the search; all at once would take too many locks.
    private static final int TABLES_AT_ONCE = 200;

    private final String text;
    private final Set<String> spellings;
    private final HeardLogs logs = new HeardLogs();
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();

    private PlantedSecret(String text) {
        this.text = text;
        this.spellings = Spellings.of(text);
    }

    /** One that nobody has had before. */
    public static PlantedSecret fresh() {
        return new PlantedSecret("planted-" + UUID.randomUUID());
    }

    /** One that the installation has. */
    public static PlantedSecret known(String text) {
        return new PlantedSecret(text);
    }

    public String text() {
        return text;
    }

    /** Looks at an answer too. */
    public String heard(String answer) {
        answers.add(answer);
        return answer;
    }

    /** Everywhere it stands and must not; never with the secret itself. */
    public List<String> places() {
        List<String> found = new ArrayList<>(tables());
        RedisKeys.with(redis(), Spellings.array(spellings)).forEach(key -> found.add("Redis " + key));
        logs.with(spellings).forEach(line -> found.add("log " + line));
        answers.stream()
                .filter(this::isFoundIn)
                .forEach(answer -> found.add("an answer of " + answer.length() + " letters"));
        if (isFoundIn(Operators.metrics())) {
            found.add("the figures");
        }
        return found;
    }

    /** Whether it stands in a text, in whatever spelling. */
    public boolean isFoundIn(String anywhere) {
        return Spellings.anyIn(anywhere, spellings);
    }

    @Override
    public void close() {
        logs.close();
    }

    private List<String> tables() {
        Admin admin = Admin.get();
        List<String> names = admin.query(TABLES).stream()
                .map(table -> (String) table.get("name"))
                .toList();
        List<String> found = new ArrayList<>();
        for (int from = 0; from < names.size(); from += TABLES_AT_ONCE) {
            List<String> some = names.subList(from, Math.min(from + TABLES_AT_ONCE, names.size()));
            Object[] patterns = Collections.nCopies(some.size(), Spellings.patterns(spellings))
                    .toArray();
            String search = some.stream().map(PlantedSecret::search).collect(Collectors.joining(" UNION ALL "));
            admin.query(search, patterns).forEach(row -> found.add("table " + row.get("name")));
        }
        return found;
    }

    private static String search(String table) {
        return "SELECT '" + table + "' AS name WHERE EXISTS (SELECT FROM " + table
                + " t WHERE t::text LIKE ANY (?::text[]))";
    }

    private static String redis() {
        return ConfigProvider.getConfig().getValue("quarkus.redis.hosts", String.class);
    }
}
