package io.centurions.backoffice.file;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.idempotency.Claim;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.contracts.Uuid7;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.storage.ObjectRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** The two transactions of a file that comes: one before its object is put into the storage, one after. */
@ApplicationScoped
class KeepFile {

    private final CompanyDoor door;
    private final FileRepository files;
    private final Once once;
    private final AuditLog audit;

    KeepFile(CompanyDoor door, FileRepository files, Once once, AuditLog audit) {
        this.door = door;
        this.files = files;
        this.once = once;
        this.audit = audit;
    }

    /** From now on the sweep knows of the object, whether it comes to be or not. */
    ObjectRef announce(UUID company, NewFile file) {
        UUID id = Uuid7.next();
        return door.enter(company, tx -> {
            files.announce(tx, id, file);
            return new ObjectRef(tx.company(), id);
        });
    }

    /**
     * Makes it a file that people see. When the same request has brought the same file before, that one stays
     * and this one leaves.
     *
     * @param content read to its end, and in the storage
     */
    Kept keep(ObjectRef object, NewFile file, Received content, String key) {
        byte[] sha256 = content.sha256();
        var asked = List.of(file.name(), file.purpose(), HexFormat.of().formatHex(sha256));
        return door.enter(object.company().value(), tx -> {
            Claim claim = once.claim(tx, "file.create", key, asked);
            if (!claim.fresh()) {
                files.leaveUnsettled(tx, object.id());
            } else if (!files.keep(tx, object.id(), claim.id(), content, sha256)) {
                throw Problem.conflict("file-too-late", "the file took too long to arrive; nothing of it was kept");
            }
            var view = files.ofRequest(tx, claim.id()).orElseThrow(() -> Problem.notFound("file"));
            if (claim.fresh()) {
                audit.write(tx, "file.create", view.id(), null, view.audited());
            }
            return new Kept(view, claim.fresh());
        });
    }
}
