package io.centurions.backoffice.file;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.cut.EveryStep;
import io.centurions.platform.testkit.cut.Plan;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The connection is cut before and after each statement of keeping a file: whoever sends it again gets one
 * file, and neither an object nor a row is left that has no counterpart.
 */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class FileCrashIT {

    @Inject
    Storage storage;

    @Inject
    @All
    List<OwnedJob> jobs;

    @Test
    void a_file_whose_keeping_is_cut_anywhere_is_kept_once_by_its_repeat() {
        var company = Api.aCompany("cortada");
        OwnedJob sweep = jobs.stream()
                .filter(job -> job.name().equals("sweep-files"))
                .findFirst()
                .orElseThrow();

        EveryStep.cut(
                () -> FileAsked.of(company, storage, () -> sweep.run(() -> true)),
                Plan.at("database")
                        .eachTime(
                                "INSERT INTO core.files",
                                "INSERT INTO core.idempotency_keys",
                                "SET state = 'kept'",
                                "INSERT INTO core.audit_log",
                                "COMMIT")
                        // The sweep is run by the judge alone.
                        .nowAndThen("files_unsettled_v1"));
    }
}
