package io.centurions.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListeningPortsTest {

    private static final String LISTENING =
            "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1 0000000000000000 100 0 0 10 0";

    @Test
    void a_listening_row_gives_its_inode() {
        assertThat(ListeningPorts.inode(LISTENING, 8080)).contains("12345");
    }

    @Test
    void a_connection_on_the_same_port_is_no_listener() {
        assertThat(ListeningPorts.inode(LISTENING.replace(" 0A ", " 01 "), 8080))
                .isEmpty();
        assertThat(ListeningPorts.inode(LISTENING, 8081)).isEmpty();
    }
}
