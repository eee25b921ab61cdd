package io.centurions.local;

import io.centurions.local.place.Trouble;
import java.util.List;

/** The words after a command. One that is not understood is refused before anything is done: who mistypes a command must not lose data. */
final class Words {

    private Words() {}

    static void none(String command, List<String> words) {
        if (!words.isEmpty()) {
            throw new Trouble(command + " takes no arguments, not " + words.getFirst() + ": ./fleet help");
        }
    }

    static void onlyOptions(String command, List<String> words, List<String> known) {
        words.stream()
                .filter(word -> word.startsWith("-") && !known.contains(word))
                .findFirst()
                .ifPresent(word -> {
                    throw new Trouble(command + " does not know " + word + ": ./fleet help");
                });
    }
}
