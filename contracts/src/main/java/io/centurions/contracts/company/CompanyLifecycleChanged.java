package io.centurions.contracts.company;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.Id;

/**
 * A company was provisioned, suspended, resumed or archived.
 *
 * <p>Written in the transaction that changed its status. At least once: a repeat has the same event id. A hint:
 * the status of the company row is the truth and is read before anything starts.
 *
 * @param company the company
 * @param state   what it became
 */
public record CompanyLifecycleChanged(CompanyId company, State state) implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "company.lifecycle";

    /** SUSPENDED: what leads write is stored, nothing starts. RESUMED: active again. */
    public enum State {
        PROVISIONED,
        SUSPENDED,
        ARCHIVED,
        RESUMED,
        OTHER
    }

    public CompanyLifecycleChanged {
        Check.present(company, "company");
        Check.present(state, "state");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Id subject() {
        return company;
    }
}
