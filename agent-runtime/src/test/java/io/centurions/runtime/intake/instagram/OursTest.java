package io.centurions.runtime.intake.instagram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.runtime.intake.InstanceAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OursTest {

    private static final String UPDATE =
            "{\"sender\":{\"id\":\"7\"},\"recipient\":{\"id\":\"%s\"},\"message\":{\"mid\":\"m\",\"text\":\"oi\"}}";

    private final InstanceAddress instance = new InstanceAddress(
            InstanceId.of(UUID.randomUUID()), CompanyId.of(UUID.randomUUID()), null, false, new byte[0]);
    private final List<String> asked = new ArrayList<>();

    @Test
    void each_account_is_asked_for_once() throws Exception {
        ours(entry("ours", "ours", "ours"), entry("unknown", "unknown", "unknown"), entry("unknown", "unknown"));

        assertThat(asked).containsExactly("ours", "unknown");
    }

    @Test
    void an_entry_is_nobodys_when_one_of_its_updates_is() throws Exception {
        Ours ours = ours(entry("ours", "ours"), entry("page", "ours", "unknown"));

        assertThat(ours.arrived()).hasSize(2);
        assertThat(ours.whole()).isFalse();
        assertThat(ours.unknown()).containsExactly("page");
        assertThat(ours.nobodys())
                .singleElement()
                .satisfies(entry -> assertThat(entry.path("id").asText()).isEqualTo("page"));
        assertThat(ours.origin().company()).isEqualTo(instance.company());
    }

    private Ours ours(String... entries) throws Exception {
        String body = "{\"object\":\"instagram\",\"entry\":[" + String.join(",", entries) + "]}";
        return Ours.of(ReadInstagram.read(new ObjectMapper().readTree(body)).items(), account -> {
            asked.add(account);
            return Optional.of(instance).filter(found -> account.equals("ours"));
        });
    }

    private static String entry(String id, String... recipients) {
        List<String> updates =
                List.of(recipients).stream().map(UPDATE::formatted).toList();
        return "{\"id\":\"%s\",\"messaging\":[%s]}".formatted(id, String.join(",", updates));
    }
}
