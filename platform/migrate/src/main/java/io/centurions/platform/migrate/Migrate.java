package io.centurions.platform.migrate;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The migrate step of a service's artifact: {@code java -cp 'app/*:lib/main/*' io.centurions.platform.migrate.Migrate
 * <slice>…}. Reads {@code DATABASE_DIRECT_URL} (a {@code jdbc:postgresql:} address), {@code DATABASE_ADMIN_USER} and
 * {@code DATABASE_ADMIN_PASSWORD}; sets a login's password from {@code <ROLE>_PASSWORD} where that is given, for
 * instance {@code RUNTIME_APP_PASSWORD}. Ends with 1 and one line when it fails, 2 when it is called wrongly.
 */
public final class Migrate {

    private Migrate() {}

    public static void main(String[] slices) {
        Map<String, String> env = System.getenv();
        String url = env.get("DATABASE_DIRECT_URL");
        String user = env.get("DATABASE_ADMIN_USER");
        if (url == null
                || user == null
                || slices.length == 0
                || !Migrations.SLICES.containsAll(java.util.List.of(slices))) {
            System.err.println("migrate: set DATABASE_DIRECT_URL and DATABASE_ADMIN_USER, and name slices of "
                    + Migrations.SLICES);
            System.exit(2);
        }
        try {
            var migrations = new Migrations(url, user, env.get("DATABASE_ADMIN_PASSWORD"));
            migrations.foundation();
            for (String slice : slices) {
                int applied = migrations.slice(slice, "classpath:db/" + slice, Migrate.class.getClassLoader());
                System.out.println("migrate: " + slice + ": " + applied + " applied");
            }
            migrations.passwords(passwords(env));
        } catch (SQLException | RuntimeException e) {
            System.err.println("migrate: failed: " + e.getMessage());
            System.exit(1);
        }
    }

    private static Map<String, String> passwords(Map<String, String> env) {
        Map<String, String> byRole = new LinkedHashMap<>();
        env.forEach((name, value) -> {
            if (name.endsWith("_APP_PASSWORD")) {
                byRole.put(
                        name.substring(0, name.length() - "_PASSWORD".length()).toLowerCase(java.util.Locale.ROOT),
                        value);
            }
        });
        return byRole;
    }
}
