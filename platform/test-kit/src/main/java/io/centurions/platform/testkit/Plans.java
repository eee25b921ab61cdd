package io.centurions.platform.testkit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What PostgreSQL would do with the query of a function when its tables are large: they are filled, analysed and the query is
 * explained in one transaction that is rolled back. The query is the function's own text, so the test cannot fall behind it.
 */
public final class Plans {

    private static final List<Pattern> QUERIES = List.of(
            Pattern.compile("BEGIN\\s(\\s*SELECT[^;]*\\sINTO v_[^;]*);", Pattern.DOTALL),
            Pattern.compile("RETURN QUERY(.*);\\s*END\\s*$", Pattern.DOTALL),
            Pattern.compile("RETURN \\((.*)\\);\\s*END\\s*$", Pattern.DOTALL),
            Pattern.compile("BEGIN\\s(.*?);\\s*GET DIAGNOSTICS", Pattern.DOTALL));
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");
    private static final Pattern LIMIT = Pattern.compile("LIMIT \\$(\\d+)");
    private static final int EXECUTIONS_BEFORE_A_GENERIC_PLAN = 6;
    private static final Pattern TARGETS = Pattern.compile("INTO v_\\w+(,\\s*v_\\w+)*");
    private static final Pattern FILLED = Pattern.compile("INSERT INTO (core\\.\\w+)");

    private final Admin admin;
    private UUID company;

    private Plans(Admin admin) {
        this.admin = admin;
    }

    public static Plans on(Admin admin) {
        return new Plans(admin);
    }

    /**
     * @param function   of core, by its bare name; one query in SQL or plpgsql, or a look into variables that begins it
     * @param parameters SQL literals by parameter name
     * @param filling    statements that fill the tables, run without foreign keys and triggers; {@code :company} is a new company
     * @return the plan as text
     */
    public String of(String function, Map<String, String> parameters, String... filling) {
        return explained(
                function, filling, statement -> text(statement, "EXPLAIN " + query(statement, function, parameters)));
    }

    /**
     * The plan of a statement as a service sends it, with {@code $1}, {@code $2} …, once it has been prepared and
     * executed so often that PostgreSQL might have settled on a plan for any parameters.
     *
     * @param role    in which it is sent; row-level security applies
     * @param limit   what its LIMIT is given; all its other parameters are NULL
     * @param filling as for {@link #of}
     */
    public String ofStatement(String sql, String role, int limit, String... filling) {
        return ofStatement(sql, role, limit, Map.of(), filling);
    }

    /**
     * The same with parameters that are not NULL.
     *
     * @param given SQL literals by the number of the placeholder
     */
    public String ofStatement(String sql, String role, int limit, Map<Integer, String> given, String... filling) {
        return explained(sql, filling, statement -> {
            statement.execute("SET LOCAL ROLE " + role);
            statement.execute("PREPARE under_test AS " + sql);
            String execute = "EXECUTE under_test(" + literals(sql, limit, given) + ")";
            for (int time = 0; time < EXECUTIONS_BEFORE_A_GENERIC_PLAN; time++) {
                statement.execute(execute);
            }
            String plan = text(statement, "EXPLAIN " + execute);
            statement.execute("DEALLOCATE under_test");
            return plan;
        });
    }

    private interface Explain {
        String with(Statement statement) throws SQLException;
    }

    private String explained(String what, String[] filling, Explain explain) {
        try (Connection connection = admin.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL session_replication_role = replica");
            for (String sql : filling) {
                statement.execute(sql.replace(":company", "'" + ofCompany(statement) + "'"));
            }
            for (String sql : filling) {
                Matcher filled = FILLED.matcher(sql);
                while (filled.find()) {
                    statement.execute("ANALYZE " + filled.group(1));
                }
            }
            String plan = explain.with(statement);
            connection.rollback();
            return plan;
        } catch (SQLException e) {
            throw new IllegalStateException("no plan of " + what, e);
        }
    }

    private static String literals(String sql, int limit, Map<Integer, String> given) {
        Matcher limited = LIMIT.matcher(sql);
        int limitAt = limited.find() ? Integer.parseInt(limited.group(1)) : 0;
        int last = PARAMETER
                .matcher(sql)
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .max()
                .orElseThrow();
        return IntStream.rangeClosed(1, last)
                .mapToObj(place -> place == limitAt ? String.valueOf(limit) : given.getOrDefault(place, "NULL"))
                .collect(Collectors.joining(", "));
    }

    private UUID ofCompany(Statement statement) throws SQLException {
        if (company == null) {
            company = UUID.randomUUID();
            String slug = "plan_" + company.toString().substring(0, 8);
            statement.execute("INSERT INTO core.companies (id, slug, name, schema_name, status) VALUES ('" + company
                    + "', '" + slug + "', 'Plan', 'empresa_" + slug + "', 'active')");
        }
        return company;
    }

    private static String query(Statement statement, String function, Map<String, String> parameters)
            throws SQLException {
        String body =
                text(statement, "SELECT prosrc FROM pg_catalog.pg_proc WHERE oid = 'core." + function + "'::regproc");
        String query = QUERIES.stream()
                .map(pattern -> pattern.matcher(body))
                .filter(Matcher::find)
                .map(wrapped -> wrapped.group(1))
                .findFirst()
                .map(found -> TARGETS.matcher(found).replaceFirst(""))
                .orElse(body);
        for (var parameter : parameters.entrySet()) {
            query = query.replaceAll(
                    "\\b" + parameter.getKey() + "\\b", Matcher.quoteReplacement(parameter.getValue()));
        }
        return query;
    }

    private static String text(Statement statement, String sql) throws SQLException {
        StringBuilder lines = new StringBuilder();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                lines.append(rows.getString(1)).append('\n');
            }
        }
        return lines.toString();
    }
}
