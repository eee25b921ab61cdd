package io.centurions.local.process;

import java.time.Instant;

/**
 * A process of the fleet that is alive.
 *
 * @param name   whose it is
 * @param handle to watch and end it
 * @param port   where it listens
 * @param since  its start
 */
public record Running(String name, ProcessHandle handle, int port, Instant since) {

    public long pid() {
        return handle.pid();
    }
}
