package io.centurions.local.companies;

import io.centurions.local.place.Trouble;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What {@code ./fleet companies} was asked for. Words that are not understood are refused before anything
 * is done.
 *
 * @param company whom it is about; for a migration the canary
 */
public record CompaniesWords(Act act, Optional<UUID> company, Optional<Integer> atOnce) {

    private static final String KNOWN =
            "companies knows status [ID], migrate [--canary ID] [--at-once N], retry, halt, provision ID and undo ID";

    /** What is to be done. */
    public enum Act {
        STATUS,
        MIGRATE,
        RETRY,
        HALT,
        PROVISION,
        UNDO
    }

    public static CompaniesWords parse(List<String> words) {
        Iterator<String> rest = words.iterator();
        CompaniesWords asked = new CompaniesWords(act(rest), Optional.empty(), Optional.empty());
        while (rest.hasNext()) {
            asked = asked.with(rest.next(), rest);
        }
        boolean needsCompany = asked.act == Act.PROVISION || asked.act == Act.UNDO;
        if (needsCompany && asked.company.isEmpty()) {
            throw refused();
        }
        return asked;
    }

    private CompaniesWords with(String word, Iterator<String> rest) {
        boolean takesCompany = act == Act.STATUS || act == Act.PROVISION || act == Act.UNDO;
        if (act == Act.MIGRATE && word.equals("--canary") && rest.hasNext()) {
            return new CompaniesWords(act, Optional.of(id(rest.next())), atOnce);
        } else if (act == Act.MIGRATE && word.equals("--at-once") && rest.hasNext()) {
            return new CompaniesWords(act, company, Optional.of(number(rest.next())));
        } else if (takesCompany && company.isEmpty()) {
            return new CompaniesWords(act, Optional.of(id(word)), atOnce);
        }
        throw refused();
    }

    private static Act act(Iterator<String> words) {
        return switch (words.hasNext() ? words.next() : "") {
            case "status" -> Act.STATUS;
            case "migrate" -> Act.MIGRATE;
            case "retry" -> Act.RETRY;
            case "halt" -> Act.HALT;
            case "provision" -> Act.PROVISION;
            case "undo" -> Act.UNDO;
            default -> throw refused();
        };
    }

    private static UUID id(String word) {
        try {
            return UUID.fromString(word);
        } catch (IllegalArgumentException e) {
            throw new Trouble("the id of a company is a UUID, not " + word, e);
        }
    }

    private static int number(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw new Trouble("--at-once needs a number", e);
        }
    }

    private static Trouble refused() {
        return new Trouble(KNOWN);
    }
}
