package io.centurions.platform.testkit.cut;

/** When a connection is cut, as the server sees it. */
public enum Moment {
    /** The server never sees the step. */
    BEFORE,
    /** The server has done the step; its answer never arrives. */
    AFTER
}
