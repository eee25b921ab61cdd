package io.centurions.runtime.reply;

/** Told after the commit that bubbles of one of our own channels wait. Implemented by delivery. */
@FunctionalInterface
public interface PlannedReplies {

    void planned();
}
