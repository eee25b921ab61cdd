package io.centurions.backoffice.security;

import io.centurions.backoffice.idempotency.Done;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The way of every request into a company's rows. A company that does not exist, one that is not the caller's
 * and, for the holding's people, a canary look the same: 404. Nothing of an archived company is changed: 409.
 * {@link Deed} says what that means.
 *
 * <p>But what goes on after its end can be ended, since an archive is for good: its people still read it, its
 * phone is still paired, and a key or a token that was lost is to be void by itself and not by the company's state
 * alone. So a person is deactivated, a key revoked, a secret or a pixel with its token deleted, a contract
 * withdrawn, a channel disconnected or deleted there as anywhere else. Nobody is given anything: whoever is
 * deactivated in error stays so.
 */
@ApplicationScoped
public class CompanyDoor {

    private static final String LOOK = "SELECT status, canary FROM core.companies WHERE id = $1";

    private final Caller caller;
    private final Database database;
    private final Once once;
    private final CurrentVertxRequest request;

    CompanyDoor(Caller caller, Database database, Once once, CurrentVertxRequest request) {
        this.caller = caller;
        this.database = database;
        this.once = once;
        this.request = request;
    }

    /** What is done; when the request is no fresh one, only its result is looked up. */
    public interface Act<T> {
        T by(Tx tx, boolean fresh);
    }

    /**
     * What is tried until it is done.
     *
     * @param isDone whether what it has made shows that it did not fail
     * @param asItIs what a repeat is shown
     */
    public record UntilDone<T>(Supplier<T> act, Predicate<T> isDone, Function<Tx, T> asItIs) {}

    /** One transaction as the company, which reads or changes, as the request's method says; no other call belongs in it. */
    public <T> T enter(UUID company, Function<Tx, T> work) {
        return enter(company, Deed.of(request.getCurrent().request().method()), work);
    }

    /** The same for a request whose method does not say what it does. */
    public <T> T enter(UUID company, Deed deed, Function<Tx, T> work) {
        if (!caller.mayEnter(company)) {
            throw Problem.notFound("company");
        }
        return database.asCompany(CompanyId.of(company), tx -> {
            Row known = tx.first(LOOK, company)
                    .filter(row -> !(caller.holding() && row.getBoolean("canary")))
                    .orElseThrow(() -> Problem.notFound("company"));
            deed.check(known.getString("status"));
            return work.apply(tx);
        });
    }

    /** A keyed POST that is done in one transaction: once for each key. */
    public <T> Done<T> once(UUID company, Deed deed, Keyed keyed, Act<T> act) {
        return enter(company, deed, tx -> {
            boolean fresh = once.claim(tx, keyed).fresh();
            return new Done<>(act.by(tx, fresh), fresh);
        });
    }

    /**
     * A keyed POST that does not fit in one transaction and changes nothing by being done twice: not done
     * again once it was, and done again when it failed or died before its end.
     */
    public <T> Done<T> untilDone(UUID company, Deed deed, Keyed keyed, UntilDone<T> work) {
        if (enter(company, deed, tx -> once.first(tx, keyed)).isPresent()) {
            return new Done<>(enter(company, deed, work.asItIs()), false);
        }
        T thing = work.act().get();
        if (work.isDone().test(thing)) {
            enter(company, deed, tx -> once.claim(tx, keyed));
        }
        return new Done<>(thing, true);
    }
}
