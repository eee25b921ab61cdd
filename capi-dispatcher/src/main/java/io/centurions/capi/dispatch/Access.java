package io.centurions.capi.dispatch;

import io.centurions.capi.meta.Dataset;

/** Whether we may write to a dataset. */
sealed interface Access {

    record Granted(Dataset dataset) implements Access {}

    /** A person must look; the reason is a code. */
    record Missing(String reason) implements Access {}
}
