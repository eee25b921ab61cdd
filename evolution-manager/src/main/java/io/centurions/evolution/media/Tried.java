package io.centurions.evolution.media;

/** How one try to fetch a file ended. */
enum Tried {
    /** Stored, or there is none and never will be. */
    ENDED,

    /** Another try may bring it. */
    FAILED,

    /** It is larger than its webhook said, so that more room has to be taken for it. */
    LARGER,

    /** Others have the places, or the memory. */
    NO_PLACE
}
