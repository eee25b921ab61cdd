package io.centurions.runtime.closure;

import io.centurions.contracts.id.ConversationId;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.runtime.Scene;
import java.util.Map;
import java.util.UUID;

/** A lead who has written, whose turn the running loop will not find for ten minutes: it is the test's to work on. */
record WaitingBurst(Scene scene, DueTurn turn) {

    static WaitingBurst of(String runtime, Secrets secrets) {
        Scene scene = Scene.open(runtime, secrets).withTelegramWebhook();
        UUID company = scene.demo.company().value();
        Admin.get()
                .execute(
                        "UPDATE core.centurion_configs SET debounce_quiet_ms = 600000, debounce_longest_ms = 600000 WHERE company_id = ?",
                        company);
        scene.writes("telegram", "oi");
        Map<String, Object> row =
                Admin.get().queryOne("SELECT id, fence, epoch FROM core.conversations WHERE company_id = ?", company);
        return new WaitingBurst(
                scene,
                new DueTurn(
                        scene.demo.company(), ConversationId.of((UUID) row.get("id")), (Long) row.get("fence"), (Long)
                                row.get("epoch")));
    }

    UUID company() {
        return turn.company().value();
    }

    void change(String assignment) {
        Admin.get().execute("UPDATE core.conversations SET " + assignment + " WHERE company_id = ?", company());
    }

    Map<String, Object> conversation() {
        return Admin.get()
                .queryOne(
                        "SELECT answered_seq, state, turn_due_at < clock_timestamp() + interval '1 minute' AS soon"
                                + " FROM core.conversations WHERE company_id = ?",
                        company());
    }

    long turns() {
        return Admin.get().count("SELECT count(*) FROM core.turns WHERE company_id = ?", company());
    }

    long turns(String purpose, String reason) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.turns WHERE company_id = ? AND purpose = ? AND reason = ?",
                        company(),
                        purpose,
                        reason);
    }

    long planned() {
        return Admin.get()
                .count("SELECT count(*) FROM core.messages WHERE company_id = ? AND direction = 'out'", company());
    }
}
