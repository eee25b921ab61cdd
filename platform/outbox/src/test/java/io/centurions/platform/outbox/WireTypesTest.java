package io.centurions.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.EventTypes;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WireTypesTest {

    @Test
    void every_event_id_and_enum_of_the_catalogue_is_named_for_native_images() {
        Set<Class<?>> needed = new HashSet<>();
        need(Envelope.class, needed);
        EventTypes.all().forEach(entry -> need(entry.record(), needed));

        assertThat(WireTypes.class.getAnnotation(RegisterForReflection.class).targets())
                .contains(needed.toArray(Class[]::new));
    }

    // Types inside a record come with it; what stands on its own must be named.
    private static void need(Class<?> type, Set<Class<?>> needed) {
        if (!type.getName().startsWith("io.centurions.contracts") || type.isMemberClass() || !needed.add(type)) {
            return;
        }
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                need(component.getType(), needed);
            }
        }
    }
}
