package io.centurions.backoffice.parked;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.EventTypes;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words and the numbers that the contracts know, by the name of their field. A free code such as a reason is none of
 * them: its shape does not tell it from a name.
 */
final class KnownCodes {

    private static final Map<String, Set<String>> WORDS = new HashMap<>();
    private static final Set<String> NUMBERS = new HashSet<>();

    static {
        Stream.concat(Stream.of(Envelope.class), EventTypes.all().stream().map(EventTypes.Entry::record))
                .flatMap(record -> Arrays.stream(record.getRecordComponents()))
                .forEach(KnownCodes::learn);
        EventTypes.all().forEach(entry -> {
            words("type").add(entry.type());
            words("producer").addAll(entry.writers());
        });
        words("currency")
                .addAll(Currency.getAvailableCurrencies().stream()
                        .map(Currency::getCurrencyCode)
                        .collect(Collectors.toSet()));
    }

    private KnownCodes() {}

    /** Whether a text is one of those that the contracts allow in a field of this name. */
    static boolean has(String field, String text) {
        return WORDS.getOrDefault(field, Set.of()).contains(text);
    }

    /** Whether the contracts have a number in a field of this name. */
    static boolean isNumber(String field) {
        return NUMBERS.contains(field);
    }

    private static void learn(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == int.class || type == long.class) {
            NUMBERS.add(component.getName());
        } else if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                words(component.getName()).add(((Enum<?>) constant).name());
            }
        }
    }

    private static Set<String> words(String field) {
        return WORDS.computeIfAbsent(field, none -> new HashSet<>());
    }
}
