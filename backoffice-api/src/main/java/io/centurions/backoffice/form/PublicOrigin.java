package io.centurions.backoffice.form;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Which site may read the answer to this request: any, until a form is known that names its sites. */
@RequestScoped
class PublicOrigin {

    private Optional<String> allowed = Optional.of("*");

    /** Empty: no browser shows the answer to the page that asked. */
    Optional<String> allowed() {
        return allowed;
    }

    void restrict(FormGuard guard, String origin) {
        if (!guard.origins().isEmpty()) {
            allowed = Optional.ofNullable(origin).filter(guard::admits);
        }
    }
}
