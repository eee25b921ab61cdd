package io.centurions.backoffice.form;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds a form by its public key, and says from then on which site may read what this request is answered.
 */
@ApplicationScoped
class KnownForms {

    private static final String FORM = "SELECT id, company_id, enabled FROM core.find_form_v1($1)";

    private static final String LOCALE = "SELECT locale FROM core.companies WHERE id = $1";

    private final Database database;
    private final FormRepository forms;
    private final PublicOrigin publicOrigin;

    KnownForms(Database database, FormRepository forms, PublicOrigin publicOrigin) {
        this.database = database;
        this.forms = forms;
        this.publicOrigin = publicOrigin;
    }

    /** What is to be known of a form before a lead is taken. */
    record Known(UUID id, Map<String, String> fieldMap, FormGuard guard, int version, String locale) {

        ShownConsent consent() {
            return new ShownConsent(guard.consentText(), version);
        }
    }

    /** Empty when there is none, or none that is enabled. */
    Optional<Known> find(String key, String origin) {
        var found = database.call(FORM, key);
        if (found.isEmpty() || !found.getFirst().getBoolean("enabled")) {
            return Optional.empty();
        }
        UUID form = found.getFirst().getUUID("id");
        Optional<Known> known =
                database.asCompany(CompanyId.of(found.getFirst().getUUID("company_id")), tx -> read(tx, form));
        known.ifPresent(each -> publicOrigin.restrict(each.guard(), origin));
        return known;
    }

    private Optional<Known> read(Tx tx, UUID form) {
        String locale = tx.first(LOCALE, tx.company().value()).orElseThrow().getString("locale");
        return forms.find(tx, form).map(view -> new Known(form, view.fieldMap(), view.guard(), view.version(), locale));
    }
}
