package io.centurions.platform.testkit.cut;

import java.util.List;

/** Reads one connection's bytes as frames. One instance per connection; each direction is fed by one thread. */
interface Wire {

    /** What the client sent, cut into frames; an incomplete rest is kept for the next call. */
    List<Frame> fromClient(byte[] bytes, int length);

    /**
     * The answers that have been completed by these bytes of the server, oldest first.
     *
     * @param outstanding how many answers the client waits for
     * @return for each whether it brought something: a row, an entry, a reply
     */
    List<Boolean> answers(byte[] bytes, int length, int outstanding);

    /**
     * A piece of what a client sends.
     *
     * @param bytes    as sent
     * @param step     the name under which a test may cut here; null where no step begins
     * @param answered whether the server answers once it has read this frame
     */
    record Frame(byte[] bytes, String step, boolean answered) {}
}
