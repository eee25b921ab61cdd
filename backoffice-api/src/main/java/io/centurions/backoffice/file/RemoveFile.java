package io.centurions.backoffice.file;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.storage.ObjectRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Takes a file away: nobody sees it from the commit on; its object goes then, at the latest with the sweep.
 */
@ApplicationScoped
class RemoveFile {

    private final CompanyDoor door;
    private final FileRepository files;
    private final AuditLog audit;
    private final SettleFile settleFile;

    RemoveFile(CompanyDoor door, FileRepository files, AuditLog audit, SettleFile settleFile) {
        this.door = door;
        this.files = files;
        this.audit = audit;
        this.settleFile = settleFile;
    }

    void remove(UUID company, UUID id, String ifMatch) {
        door.enter(company, tx -> {
            var before = files.findForUpdate(tx, id).orElseThrow(() -> Problem.notFound("file"));
            IfMatch.of(ifMatch).check(before.version());
            files.leave(tx, id);
            audit.write(tx, "file.delete", id, before.audited(), null);
            return null;
        });
        settleFile.settleOrLeave(new ObjectRef(CompanyId.of(company), id));
    }
}
