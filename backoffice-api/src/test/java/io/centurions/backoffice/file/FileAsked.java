package io.centurions.backoffice.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.Api;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.storage.Found;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.cut.EveryStep;
import java.util.List;
import java.util.UUID;

/** A file that somebody sends until they are told that it is kept, each time with the same key. */
final class FileAsked implements EveryStep.Scene {

    private static final int TIMES_MOST = 10;
    private static final String AUDITED = """
            SELECT count(*)
              FROM core.audit_log a JOIN core.files f ON f.company_id = a.company_id AND f.id = a.target
             WHERE a.company_id = ? AND a.action = 'file.create' AND f.name = ?
            """;

    private final Api.Made company;
    private final Storage storage;
    private final Runnable sweep;
    private final String key = UUID.randomUUID().toString();

    private FileAsked(Api.Made company, Storage storage, Runnable sweep) {
        this.company = company;
        this.storage = storage;
        this.sweep = sweep;
    }

    static FileAsked of(Api.Made company, Storage storage, Runnable sweep) {
        var asked = new FileAsked(company, storage, sweep);
        boolean kept = false;
        for (int time = 0; time < TIMES_MOST && !kept; time++) {
            kept = asked.sent();
        }
        return asked;
    }

    private boolean sent() {
        return Sent.file(Sent.picture(key))
                        .header("Idempotency-Key", key)
                        .queryParam("name", key)
                        .post(company.path() + "/files")
                        .statusCode()
                == 201;
    }

    @Override
    public boolean settled() {
        return rows("kept") == 1;
    }

    @Override
    public void judge(String cutAt) {
        Sent.longAgo(company);
        sweep.run();

        assertThat(rows("kept")).as("files of one request").isOne();
        assertThat(Sent.states(company)).containsOnly("kept");
        List<String> objects = storage.list(CompanyId.of(company.id()), null, 1000).stream()
                .map(Found::id)
                .map(UUID::toString)
                .toList();
        assertThat(objects)
                .as("objects beside rows")
                .containsExactlyInAnyOrderElementsOf(
                        Admin.get().query("SELECT id FROM core.files WHERE company_id = ?", company.id()).stream()
                                .map(row -> row.get("id").toString())
                                .toList());
        assertThat(Admin.get().count(AUDITED, company.id(), key))
                .as("told once")
                .isOne();
    }

    private long rows(String state) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.files WHERE company_id = ? AND name = ? AND state = ?",
                        company.id(),
                        key,
                        state);
    }
}
