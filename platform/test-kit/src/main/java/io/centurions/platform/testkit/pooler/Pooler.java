package io.centurions.platform.testkit.pooler;

/**
 * Something between a client's pool and PostgreSQL that gives a server connection away for one transaction at
 * a time.
 */
public interface Pooler extends AutoCloseable {

    /** Where clients connect, on this machine. */
    int port();

    @Override
    void close();

    /**
     * What stands behind a pooler.
     *
     * @param connections how many server connections all clients share
     */
    record Server(String host, int port, String database, String user, String password, int connections) {}
}
