package io.centurions.story;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Where the fleet is and how to play.
 *
 * @param report where to write a JUnit report
 */
record Options(String backoffice, String sandbox, boolean humanPace, Optional<Path> report) {

    static Options parse(List<String> words) {
        String backoffice = "http://localhost:8080";
        String sandbox = "http://localhost:8090";
        boolean humanPace = false;
        Optional<Path> report = Optional.empty();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            String value = rest.next();
            switch (option) {
                case "--backoffice" -> backoffice = value;
                case "--sandbox" -> sandbox = value;
                case "--report" -> report = Optional.of(Path.of(value));
                case "--pace" -> humanPace = isHuman(value);
                default -> throw new IllegalArgumentException("story does not know " + option);
            }
        }
        return new Options(backoffice, sandbox, humanPace, report);
    }

    private static boolean isHuman(String pace) {
        if (!pace.equals("human") && !pace.equals("fast")) {
            throw new IllegalArgumentException("--pace is fast or human, not " + pace);
        }
        return pace.equals("human");
    }
}
