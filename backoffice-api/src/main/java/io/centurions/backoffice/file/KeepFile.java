package io.centurions.backoffice.file;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.idempotency.Claim;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.usage.TakePlace;
import io.centurions.contracts.Uuid7;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.storage.ObjectRef;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** The two transactions of a file that comes: one before its object is put into the storage, one after. */
@ApplicationScoped
class KeepFile {

    private static final String CREATE = "file.create";

    private final CompanyDoor door;
    private final FileRepository files;
    private final Once once;
    private final TakePlace takePlace;
    private final AuditLog audit;

    KeepFile(CompanyDoor door, FileRepository files, Once once, TakePlace takePlace, AuditLog audit) {
        this.door = door;
        this.files = files;
        this.once = once;
        this.takePlace = takePlace;
        this.audit = audit;
    }

    /**
     * From now on the sweep knows of the object, whether it comes to be or not. Where there is no room for a
     * byte, nobody sends one; a repeat needs none.
     */
    ObjectRef announce(UUID company, NewFile file, String key) {
        UUID id = Uuid7.next();
        return door.enter(company, tx -> {
            if (!once.isKept(tx, CREATE, key)) {
                takePlace.forFile(tx, 1);
            }
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
            Claim claim = once.claim(tx, CREATE, key, asked);
            if (claim.fresh()) {
                keep(tx, object.id(), claim.id(), content, sha256);
            } else {
                files.leaveUnsettled(tx, object.id());
            }
            var view = files.ofRequest(tx, claim.id()).orElseThrow(() -> Problem.notFound("file"));
            if (claim.fresh()) {
                audit.write(tx, CREATE, view.id(), null, view.audited());
            }
            return new Kept(view, claim.fresh());
        });
    }

    private void keep(Tx tx, UUID id, UUID request, Received content, byte[] sha256) {
        takePlace.forFile(tx, content.bytes());
        if (!files.keep(tx, id, request, content, sha256)) {
            throw Problem.conflict("file-too-late", "the file took too long to arrive; nothing of it was kept");
        }
    }
}
