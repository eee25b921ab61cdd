package io.centurions.evolution.delivery;

import java.time.Instant;
import java.util.UUID;

/**
 * A bubble that may have arrived or not.
 *
 * @param of       its conversation; nothing is leased
 * @param calledAt when the call that may have sent it was allowed
 * @param lastLook whether it is not looked for any more after this
 */
record Missing(Delivery of, UUID bubble, String text, Instant calledAt, boolean lastLook) {

    @Override
    public String toString() {
        return "Missing[" + bubble + "]";
    }
}
