package io.centurions.backoffice.form;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.id.SettingId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.UUID;

/** Makes a form whose leads are written to from a WhatsApp instance of the same company. */
@ApplicationScoped
class OpenForm {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BITS = 100;

    private final FormRepository forms;
    private final Outbox outbox;
    private final AuditLog audit;

    OpenForm(FormRepository forms, Outbox outbox, AuditLog audit) {
        this.forms = forms;
        this.outbox = outbox;
        this.audit = audit;
    }

    FormView open(Tx tx, UUID id, NewForm ask) {
        UUID instance = forms.whatsapp(tx, ask.instanceId())
                .orElseThrow(() -> Problem.unprocessable(
                        "instance-unknown", "a form needs a WhatsApp channel of this company to write from"));
        if (!forms.insert(tx, id, ask.key() == null ? newKey() : ask.key(), instance, ask)) {
            throw Problem.conflict("form-key-taken", "another form has this key");
        }
        var view = forms.find(tx, id).orElseThrow();
        outbox.append(tx, new SettingsChanged(SettingsChanged.Kind.FORM, SettingId.of(id)));
        audit.write(tx, "lead-form.create", id, null, view);
        return view;
    }

    private static String newKey() {
        return "f" + new BigInteger(KEY_BITS, RANDOM).toString(36);
    }
}
