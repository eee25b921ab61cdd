package io.centurions.runtime;

import io.centurions.platform.testkit.Admin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the database holds of a scene's company. */
record Rows(Scene scene) {

    long texts() {
        return Admin.get()
                .count("SELECT count(*) FROM core.messages WHERE company_id = ? AND direction = 'in'", company());
    }

    /** How many messages were announced: each makes a turn, alone or with others. */
    long announced() {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.outbox_runtime WHERE company_id = ? AND type = 'message.received'",
                        company());
    }

    /** Whether there is one conversation, in which nothing waits for an answer. */
    boolean answered() {
        return Admin.get()
                        .count(
                                "SELECT count(*) FROM core.conversations WHERE company_id = ? "
                                        + "AND answered_seq = inbound_seq AND turn_due_at IS NULL",
                                company())
                == 1;
    }

    /** From now on what comes in is stored and announced, and no turn begins. */
    Rows silent() {
        Admin.get().execute("UPDATE core.companies SET status = 'suspended' WHERE id = ?", company());
        return this;
    }

    /** What was said is gone. */
    void lose() {
        for (String table : List.of("messages", "message_keys", "conversations", "lead_identities", "leads")) {
            Admin.get().execute("DELETE FROM core." + table + " WHERE company_id = ?", company());
        }
    }

    /** Every row, by table; without events, which are told and taken in at their own time. */
    Map<String, Object> everything() {
        Map<String, Object> tables = new LinkedHashMap<>();
        Admin.get().query("""
                        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                         WHERE c.relnamespace = 'core'::regnamespace AND c.relkind = 'r' AND a.attname = 'company_id'
                           AND c.relname NOT LIKE 'outbox%' AND c.relname NOT LIKE 'consumed%' ORDER BY 1
                        """).forEach(table -> {
            String name = (String) table.get("relname");
            tables.put(
                    name,
                    Admin.get()
                            .query(
                                    "SELECT t::text AS row FROM core." + name + " t WHERE company_id = ? ORDER BY 1",
                                    company()));
        });
        return tables;
    }

    UUID company() {
        return scene.demo.company().value();
    }

    UUID instagram() {
        return scene.demo.instagram().value();
    }

    void disconnectInstagram() {
        Admin.get()
                .execute(
                        "UPDATE core.channel_instances SET deleted_at = now(), status = 'deleted' WHERE id = ?",
                        instagram());
    }

    void connectInstagram(String account) {
        Admin.get().execute("UPDATE core.channel_instances SET external_id = ? WHERE id = ?", account, instagram());
    }
}
