package io.centurions.backoffice.setting;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.id.SettingId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Keeps settings of any kind: checked before they are stored, told and audited in the transaction that
 * changes them.
 */
@ApplicationScoped
public class KeepSettings {

    private static final String CENTURION = "SELECT 1 FROM core.centurion_configs WHERE company_id = $1 AND id = $2";
    // Shared with whoever deletes a secret: it cannot go between this look and our commit.
    private static final String SECRET = "SELECT 1 FROM core.secrets WHERE company_id = $1 AND name = $2 FOR SHARE";

    private final CompanyDoor door;
    private final Once once;
    private final AuditLog audit;
    private final Outbox outbox;
    private final ObjectMapper json;

    KeepSettings(CompanyDoor door, Once once, AuditLog audit, Outbox outbox, ObjectMapper json) {
        this.door = door;
        this.once = once;
        this.audit = audit;
        this.outbox = outbox;
        this.json = json;
    }

    /** The settings of a kind. */
    public <T extends Checked> Settings<T> of(Kind<T> kind) {
        return new Settings<>(kind, this, new SettingRows<>(kind, json));
    }

    CompanyDoor door() {
        return door;
    }

    Once once() {
        return once;
    }

    /** Refuses what is wrong in itself, or names a Centurion or a secret that the company does not have. */
    void check(Tx tx, Wanted<?> wanted) {
        List<Finding> findings = wanted.config().findings();
        if (!findings.isEmpty()) {
            throw Problem.invalid(Finding.under("/config", findings).stream()
                    .map(finding -> new Problem.FieldError(finding.field(), finding.message()))
                    .toList());
        }
        UUID company = tx.company().value();
        if (wanted.centurionId() != null
                && tx.first(CENTURION, company, wanted.centurionId()).isEmpty()) {
            throw Problem.unprocessable("centurion-unknown", "this company has no such Centurion");
        }
        for (String secret : wanted.config().secretNames()) {
            if (tx.first(SECRET, company, secret).isEmpty()) {
                throw Problem.unprocessable("secret-unknown", "this company has no secret " + secret);
            }
        }
    }

    void tell(Tx tx, String action, UUID id, Object before, Object after) {
        outbox.append(tx, new SettingsChanged(SettingsChanged.Kind.OTHER, SettingId.of(id)));
        audit.write(tx, action, id, before, after);
    }
}
