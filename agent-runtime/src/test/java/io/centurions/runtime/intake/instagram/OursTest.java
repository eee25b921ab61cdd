package io.centurions.runtime.intake.instagram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.runtime.intake.InstanceAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OursTest {

    private static final String UPDATE =
            "{\"sender\":{\"id\":\"7\"},\"recipient\":{\"id\":\"%s\"},\"message\":{\"mid\":\"m\",\"text\":\"oi\"}}";

    private final InstanceAddress instance = address();
    private final InstanceAddress another = address();
    private final List<Set<String>> asked = new ArrayList<>();

    @Test
    void all_accounts_of_a_body_are_asked_for_at_once_and_each_once() throws Exception {
        ours(
                entry("ours", "ours", "ours"),
                entry("page", "another"),
                entry("unknown", "unknown", "unknown"),
                entry("unknown", "unknown"));

        assertThat(asked).containsExactly(Set.of("ours", "page", "another", "unknown"));
    }

    @Test
    void of_one_entry_what_is_ours_and_what_is_nobodys_are_told_apart_by_update() throws Exception {
        Ours ours = ours(entry("ours", "ours"), entry("page", "ours", "unknown", "ours"));

        assertThat(ours.isOnes()).isFalse();
        assertThat(ours.arrived()).hasSize(3);
        assertThat(ours.parts()).singleElement().satisfies(part -> {
            assertThat(part.updates()).hasSize(3);
            assertThat(part.origin(Map.of()).company()).isEqualTo(instance.company());
            assertThat(part.origin(Map.of()).instance()).isEqualTo(instance.id().value());
        });
        assertThat(ours.nobodys()).extracting(Addressed::account).containsExactly("unknown");
    }

    @Test
    void each_instance_has_a_part_of_its_own_in_the_order_of_the_body() throws Exception {
        Ours ours = ours(entry("another", "another"), entry("page", "ours", "another"));

        assertThat(ours.isOnes()).isFalse();
        assertThat(ours.parts()).extracting(Ours.Part::instance).containsExactly(another, instance);
        assertThat(ours.parts()).extracting(part -> part.updates().size()).containsExactly(2, 1);
        assertThat(ours.nobodys()).isEmpty();
    }

    @Test
    void what_speaks_to_one_instance_alone_is_its() throws Exception {
        assertThat(ours(entry("ours", "ours"), entry("page", "ours")).isOnes()).isTrue();
        assertThat(ours().isOnes()).isFalse();
    }

    private Ours ours(String... entries) throws Exception {
        String body = "{\"object\":\"instagram\",\"entry\":[" + String.join(",", entries) + "]}";
        return Ours.of(ReadInstagram.read(new ObjectMapper().readTree(body)).items(), accounts -> {
            asked.add(accounts);
            return Map.of("ours", instance, "another", another);
        });
    }

    private static InstanceAddress address() {
        return new InstanceAddress(
                InstanceId.of(UUID.randomUUID()), CompanyId.of(UUID.randomUUID()), null, false, new byte[0]);
    }

    private static String entry(String id, String... recipients) {
        List<String> updates =
                List.of(recipients).stream().map(UPDATE::formatted).toList();
        return "{\"id\":\"%s\",\"messaging\":[%s]}".formatted(id, String.join(",", updates));
    }
}
