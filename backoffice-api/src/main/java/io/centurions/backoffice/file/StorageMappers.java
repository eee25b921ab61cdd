package io.centurions.backoffice.file;

import io.centurions.platform.problem.Problem;
import io.centurions.platform.problem.ProblemAnswer;
import io.centurions.platform.storage.StorageFull;
import io.centurions.platform.storage.StorageUnavailable;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What callers are told when the storage of files does not do what it is asked. */
class StorageMappers {

    private static final Logger LOG = Logger.getLogger(StorageMappers.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    @ServerExceptionMapper
    Response full(StorageFull full) {
        LOG.errorf(full, "answered 507: %s; runbook files", full.getMessage());
        return ProblemAnswer.of(Problem.storageFull("there is no room for more files, nothing was kept"));
    }

    @ServerExceptionMapper
    Response unavailable(StorageUnavailable unavailable) {
        LOG.errorf(unavailable, "answered 503: %s; runbook files", unavailable.getMessage());
        return ProblemAnswer.of(Problem.unavailable("the storage of files is unavailable", RETRY_AFTER));
    }
}
