package io.centurions.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class WhatServersSayTest {

    @Test
    void of_what_initdb_says_the_line_that_tells_the_failure_is_chosen() {
        assertThat(EmbeddedPostgres.telling("""
                        creating directory /x ... ok
                        FATAL:  could not map anonymous shared memory: Cannot allocate memory
                        child process exited with exit code 1
                        initdb: removing data directory "/x"
                        """)).startsWith("FATAL:  could not map");
        assertThat(EmbeddedPostgres.telling("last line")).isEqualTo("last line");
        assertThat(EmbeddedPostgres.telling("")).isEqualTo("nothing");
    }

    @Test
    void a_broken_append_only_file_is_blamed_and_a_taken_port_is_not() {
        assertThat(EmbeddedRedis.blamesData(
                        "# Bad file format reading the append only file appendonly.aof.1.incr.aof: make a backup"))
                .isTrue();
        assertThat(EmbeddedRedis.blamesData("Could not create server TCP listening socket 127.0.0.1:8101: bind"))
                .isFalse();
    }

    @Test
    void a_database_that_cannot_be_reached_is_named_by_its_variable() {
        var failure = new SQLException("no", new ConnectException("Connection refused"));

        assertThat(MigrateDatabase.cannotMigrate("the database of DATABASE_URL", failure))
                .hasMessage("cannot migrate the database of DATABASE_URL: Connection refused");
    }
}
