package io.centurions.capi.meta;

import java.time.Duration;

/** What Meta did with one request, in the only terms that the dispatcher acts on. */
public sealed interface MetaAnswer {

    /** What Meta's support asks for; null when the answer had none. */
    String traceId();

    /** All events of the request were taken. */
    record Accepted(String traceId) implements MetaAnswer {}

    /**
     * Worth repeating as it is: throttling, failures of Meta's, time-outs.
     *
     * @param reason      a code
     * @param maybeStored whether Meta may have taken the events all the same
     * @param after       how long Meta asks to wait at least, zero when it says nothing
     */
    record TryLater(String reason, boolean maybeStored, Duration after, String traceId) implements MetaAnswer {}

    /**
     * We kept the call back ourselves: Meta was not asked.
     *
     * @param reason a code
     * @param after  how long the next would be kept back, too
     */
    record KeptBack(String reason, Duration after) implements MetaAnswer {

        @Override
        public String traceId() {
            return null;
        }
    }

    /**
     * One event of the request is bad, and Meta took none of it. The others are good to go without it.
     *
     * @param reason a code
     */
    record BadEvent(String reason, String traceId) implements MetaAnswer {}

    /**
     * Repeating cannot help and no event is to blame: bad token, no permission, no such dataset. A person must look.
     *
     * @param reason a code
     */
    record Refused(String reason, String traceId) implements MetaAnswer {}
}
