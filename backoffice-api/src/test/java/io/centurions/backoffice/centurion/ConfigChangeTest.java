package io.centurions.backoffice.centurion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigChangeTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void what_is_the_same_is_no_change() throws JsonProcessingException {
        assertThat(between("{'a': 2, 'b': null, 'c': ['x']}", "{'c': ['x'], 'a': 2.0}"))
                .isEmpty();
    }

    @Test
    void each_place_that_differs_is_told_with_both_values() throws JsonProcessingException {
        var changes = between(
                "{'prompt': 'a', 'model': {'name': 'm', 'topP': 0.5}, 'criteria': [{'key': 'k', 'weight': 1}]}",
                "{'prompt': 'b', 'model': {'name': 'm'}, 'criteria': [{'key': 'k', 'weight': 2}, {'key': 'l'}]}");

        assertThat(changes)
                .extracting(change -> change.path() + " " + change.before() + " " + change.after())
                .containsExactly(
                        "/criteria/0/weight 1 2",
                        "/criteria/1 null {\"key\":\"l\"}",
                        "/model/topP 0.5 null",
                        "/prompt \"a\" \"b\"");
    }

    @Test
    void a_name_with_a_slash_stays_one_step_of_the_path() throws JsonProcessingException {
        assertThat(between("{'a/b~c': 1}", "{}")).extracting(ConfigChange::path).containsExactly("/a~1b~0c");
    }

    private static List<ConfigChange> between(String before, String after) throws JsonProcessingException {
        return ConfigChange.between(json(before), json(after));
    }

    private static JsonNode json(String quoted) throws JsonProcessingException {
        return JSON.readTree(quoted.replace('\'', '"'));
    }
}
