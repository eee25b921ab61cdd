package io.centurions.backoffice.parked;

import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** A keyed POST on something of a company: done in one transaction, and once for each key. */
@ApplicationScoped
class Door {

    private final CompanyDoor companies;
    private final Once once;

    Door(CompanyDoor companies, Once once) {
        this.companies = companies;
        this.once = once;
    }

    /** What is done; when the request is no fresh one, only its result is looked up. */
    interface Act<T> {
        T by(Tx tx, boolean fresh);
    }

    <T> RestResponse<T> once(UUID company, String operation, String key, Object request, Act<T> act) {
        return companies.enter(company, tx -> {
            boolean fresh = once.claim(tx, operation, key, request).fresh();
            return answer(act.by(tx, fresh), fresh);
        });
    }

    /** A repeat says that it is one. */
    static <T> RestResponse<T> answer(T result, boolean fresh) {
        var answer = RestResponse.ResponseBuilder.ok(result);
        return (fresh ? answer : answer.header("Idempotent-Replay", "true")).build();
    }

    /**
     * For what is done by another service and cannot be part of our transaction: claims the key and says whether that was
     * done before. What no company owns has no keys here: repeated, it is told to be settled already.
     */
    boolean repeated(UUID company, String operation, String key, Object request) {
        return company != null
                && !companies.enter(
                        company, tx -> once.claim(tx, operation, key, request).fresh());
    }
}
