package io.centurions.chaos.wreck;

import java.io.IOException;

/** Signals that Java cannot send by itself. */
enum Signal {
    KILL,
    TERM,
    STOP,
    CONT,
    /** PostgreSQL's fast shutdown. */
    INT,
    /** PostgreSQL's immediate shutdown. */
    QUIT;

    /** Sends it; to a process that is gone nothing happens. */
    void send(long pid) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name() + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("cannot send a signal", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
