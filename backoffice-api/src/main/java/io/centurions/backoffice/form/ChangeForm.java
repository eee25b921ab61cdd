package io.centurions.backoffice.form;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.id.SettingId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Changes a form, or takes it away as long as no lead has come by it: what a lead agreed to names the form.
 */
@ApplicationScoped
class ChangeForm {

    private static final String SUBMITTED =
            "SELECT 1 FROM core.form_submissions WHERE company_id = $1 AND form_id = $2 LIMIT 1";

    private final FormRepository forms;
    private final Outbox outbox;
    private final AuditLog audit;

    ChangeForm(FormRepository forms, Outbox outbox, AuditLog audit) {
        this.forms = forms;
        this.outbox = outbox;
        this.audit = audit;
    }

    FormView change(Tx tx, UUID id, String ifMatch, FormChange change) {
        var before = known(tx, id, ifMatch);
        forms.update(tx, id, instance(tx, before, change), change);
        var after = forms.find(tx, id).orElseThrow();
        tell(tx, "lead-form.change", id, before, after);
        return after;
    }

    void delete(Tx tx, UUID id, String ifMatch) {
        var before = known(tx, id, ifMatch);
        if (tx.first(SUBMITTED, tx.company().value(), id).isPresent()) {
            throw Problem.conflict("form-has-leads", "leads have come by this form; disable it instead");
        }
        forms.delete(tx, id);
        tell(tx, "lead-form.delete", id, before, null);
    }

    // The one that it has may be gone by now, and must not keep anybody from disabling the form.
    private UUID instance(Tx tx, FormView before, FormChange change) {
        return change.instanceId() == null
                ? before.instanceId()
                : forms.whatsapp(tx, change.instanceId())
                        .orElseThrow(() -> Problem.unprocessable(
                                "instance-unknown", "a form needs a WhatsApp channel of this company to write from"));
    }

    private FormView known(Tx tx, UUID id, String ifMatch) {
        var known = forms.findForUpdate(tx, id).orElseThrow(() -> Problem.notFound("form"));
        IfMatch.of(ifMatch).check(known.version());
        return known;
    }

    private void tell(Tx tx, String action, UUID id, FormView before, FormView after) {
        outbox.append(tx, new SettingsChanged(SettingsChanged.Kind.FORM, SettingId.of(id)));
        audit.write(tx, action, id, before, after);
    }
}
