package io.centurions.backoffice.centurion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * One place in which two configurations differ.
 *
 * @param path   JSON pointer
 * @param before null: it was not there
 * @param after  null: it is not there any more
 */
public record ConfigChange(String path, JsonNode before, JsonNode after) {

    /**
     * All differences, down to the single value, in the order of their paths. What is absent and what is null
     * are the same; items of lists are compared by their place.
     */
    static List<ConfigChange> between(JsonNode before, JsonNode after) {
        List<ConfigChange> changes = new ArrayList<>();
        compare("", before, after, changes);
        return changes;
    }

    private static void compare(String path, JsonNode before, JsonNode after, List<ConfigChange> changes) {
        if (before.isObject() && after.isObject()) {
            var names = new TreeSet<String>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                compare(path + "/" + escaped(name), part(before.get(name)), part(after.get(name)), changes);
            }
        } else if (before.isArray() && after.isArray()) {
            for (int index = 0; index < Math.max(before.size(), after.size()); index++) {
                compare(path + "/" + index, part(before.get(index)), part(after.get(index)), changes);
            }
        } else if (!same(before, after)) {
            changes.add(new ConfigChange(path, before, after));
        }
    }

    // 2 and 2.0 are the same number.
    private static boolean same(JsonNode before, JsonNode after) {
        return before.isNumber() && after.isNumber()
                ? before.decimalValue().compareTo(after.decimalValue()) == 0
                : before.equals(after);
    }

    private static JsonNode part(JsonNode found) {
        return found == null ? NullNode.getInstance() : found;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
