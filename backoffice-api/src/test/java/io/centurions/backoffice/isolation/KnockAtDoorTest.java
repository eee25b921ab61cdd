package io.centurions.backoffice.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnockAtDoorTest {

    private static final String SLOW = "/channels";

    @Test
    void what_is_open_is_told_though_another_address_does_not_answer() {
        var got = knocking(true).attempt(Canary.ONE, Canary.TWO);

        assertThat(got).isNotEmpty().noneMatch(address -> address.endsWith(SLOW));
    }

    @Test
    void a_wall_of_which_a_part_did_not_answer_is_not_tried() {
        assertThatThrownBy(() -> knocking(false).attempt(Canary.ONE, Canary.TWO))
                .isInstanceOf(UncheckedIOException.class);
    }

    /** @param open whether everything else shows itself to everybody */
    private static KnockAtDoor knocking(boolean open) {
        CanaryKeys keys = new CanaryKeys(null) {
            @Override
            String bind(Canary canary) {
                return "key";
            }
        };
        OwnApi api = new OwnApi(null) {
            @Override
            Optional<String> shown(String key, String address) {
                if (address.endsWith(SLOW)) {
                    throw new UncheckedIOException(new IOException("timed out"));
                }
                return open ? Optional.of("") : Optional.empty();
            }
        };
        return new KnockAtDoor(keys, api);
    }
}
