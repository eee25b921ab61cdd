package io.centurions.platform.testkit.cut;

import java.util.List;

/** Reads one connection's bytes as frames. One instance per connection; each direction is fed by one thread. */
interface Wire {

    /** What the client sent, cut into frames; an incomplete rest is kept for the next call. */
    List<Frame> fromClient(byte[] bytes, int length);

    /** How many answers have been completed by these bytes of the server. */
    int answersIn(byte[] bytes, int length);

    /**
     * How many answers must have come before the answer to the next request is complete.
     *
     * @param requests answered frames passed on so far
     * @param answers  answers seen so far
     */
    int answersBeforeNext(int requests, int answers);

    /**
     * A piece of what a client sends.
     *
     * @param bytes    as sent
     * @param step     the name under which a test may cut here; null where no step begins
     * @param answered whether the server answers once it has read this frame
     */
    record Frame(byte[] bytes, String step, boolean answered) {}
}
