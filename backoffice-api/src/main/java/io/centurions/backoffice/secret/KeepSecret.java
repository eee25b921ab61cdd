package io.centurions.backoffice.secret;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.security.Caller;
import io.centurions.contracts.Uuid7;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes a secret in, replaces it, lets it go. That it was done is audited; what it was is written nowhere
 * but sealed.
 */
@ApplicationScoped
class KeepSecret {

    private final SecretRepository secrets;
    private final AuditLog audit;
    private final Caller caller;

    KeepSecret(SecretRepository secrets, AuditLog audit, Caller caller) {
        this.secrets = secrets;
        this.audit = audit;
        this.caller = caller;
    }

    /** What is kept now, and whether it was not there before. */
    record Kept(SecretView view, boolean fresh) {}

    /**
     * Without a header only what is not there yet can be kept: a value that somebody else relies on is not
     * replaced by mistake. A reference reads what belongs to the whole installation, so only the holding's
     * people may give one.
     */
    Kept keep(Tx tx, String name, SecretValue value, String ifMatch) {
        value.check(tx.company());
        if (value.reference() != null && !caller.holding()) {
            throw Problem.forbidden("a reference to the installation's own secrets is given by the holding's people");
        }
        Optional<SecretView> before = secrets.findForUpdate(tx, name);
        if (before.isPresent()) {
            IfMatch.of(ifMatch).check(before.get().version());
            secrets.replace(tx, name, value);
        } else {
            make(tx, name, value, ifMatch);
        }
        SecretView after = secrets.find(tx, name).orElseThrow();
        audit.write(tx, "secret.keep", after.id(), before.orElse(null), after);
        return new Kept(after, before.isEmpty());
    }

    void forget(Tx tx, String name, String ifMatch) {
        SecretView before = secrets.findForUpdate(tx, name).orElseThrow(() -> Problem.notFound("secret"));
        IfMatch.of(ifMatch).check(before.version());
        var users = secrets.users(tx, name);
        if (!users.isEmpty()) {
            throw Problem.conflict("secret-in-use", "it is used by " + String.join(", ", users));
        }
        secrets.delete(tx, name);
        audit.write(tx, "secret.delete", before.id(), before, null);
    }

    private void make(Tx tx, String name, SecretValue value, String ifMatch) {
        if (ifMatch != null && !ifMatch.isBlank()) {
            throw Problem.preconditionFailed("version-stale", "it is not there any more");
        }
        UUID id = Uuid7.next();
        if (!secrets.insert(tx, id, name, value)) {
            throw Problem.preconditionFailed("version-stale", "somebody else has just made it");
        }
    }
}
