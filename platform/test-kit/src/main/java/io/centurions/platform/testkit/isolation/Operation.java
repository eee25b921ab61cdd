package io.centurions.platform.testkit.isolation;

import java.util.Set;
import java.util.UUID;

/** What an attacker tries with one table. Each statement touches rows of the victim, or none. */
enum Operation {
    READ("SELECT count(*) FROM {table} WHERE {column} IS DISTINCT FROM '{attacker}'", "SELECT"),
    INSERT("INSERT INTO {table} ({column}) VALUES ('{victim}')", "INSERT"),
    CHANGE("UPDATE {table} SET {column} = {column} WHERE {column} = '{victim}'", "SELECT", "UPDATE"),
    TAKE("UPDATE {table} SET {column} = '{attacker}' WHERE {column} = '{victim}'", "SELECT", "UPDATE"),
    GIVE("UPDATE {table} SET {column} = '{victim}' WHERE {column} = '{attacker}'", "SELECT", "UPDATE"),
    DELETE("DELETE FROM {table} WHERE {column} = '{victim}'", "SELECT", "DELETE"),
    /** With claims that bind to nobody not even the attacker's own rows may be seen. */
    READ_ANY("SELECT count(*) FROM {table}", "SELECT");

    private final String sql;
    private final Set<String> needs;

    Operation(String sql, String... needs) {
        this.sql = sql;
        this.needs = Set.of(needs);
    }

    Set<String> needs() {
        return needs;
    }

    boolean reads() {
        return this == READ || this == READ_ANY;
    }

    String sql(CompanyTable table, UUID attacker, UUID victim) {
        return sql.replace("{table}", table.name())
                .replace("{column}", table.column())
                .replace("{attacker}", attacker.toString())
                .replace("{victim}", victim.toString());
    }
}
