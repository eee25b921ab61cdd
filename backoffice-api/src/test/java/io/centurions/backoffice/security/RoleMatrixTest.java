package io.centurions.backoffice.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.security.Endpoints.Endpoint;
import io.centurions.backoffice.security.RoleMatrix.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The written matrix against what the endpoints say of themselves. */
class RoleMatrixTest {

    private static final List<Line> MATRIX = RoleMatrix.lines();
    private static final List<Endpoint> ENDPOINTS = Endpoints.all();

    @Test
    void every_endpoint_stands_in_the_matrix_once_and_nothing_else_does() {
        assertThat(MATRIX.stream().map(Line::endpoint).toList()).doesNotHaveDuplicates();
        Set<String> written = MATRIX.stream().map(Line::endpoint).collect(Collectors.toCollection(TreeSet::new));
        Set<String> existing = ENDPOINTS.stream().map(Endpoint::name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(existing).isEqualTo(written);
    }

    @Test
    void every_endpoint_lets_in_exactly_whom_the_matrix_names() {
        Map<String, Set<String>> written = new TreeMap<>();
        MATRIX.forEach(line -> written.put(line.endpoint(), allowed(line)));
        Map<String, Set<String>> annotated = new TreeMap<>();
        ENDPOINTS.forEach(endpoint -> annotated.put(endpoint.name(), endpoint.allowed()));

        assertThat(annotated).isEqualTo(written);
    }

    @Test
    void the_columns_are_the_roles_and_those_without_one() {
        Set<String> columns = new TreeSet<>(Roles.ALL);
        columns.add(RoleMatrix.SIGNED_IN);
        columns.add(RoleMatrix.NOBODY);

        assertThat(MATRIX).allSatisfy(line -> assertThat(line.cells().keySet()).isEqualTo(columns));
    }

    @Test
    void a_person_of_one_company_never_has_any_and_a_person_of_the_holding_never_only_the_own() {
        List<String> wrong = new ArrayList<>();
        for (Line line : MATRIX) {
            line.cells().forEach((role, cell) -> {
                boolean known = Set.of("any", "own", "yes", "-").contains(cell);
                boolean tooFar = cell.equals("any") && !Roles.HOLDING.contains(role);
                boolean tooNear = cell.equals("own") && !Roles.COMPANY.contains(role);
                boolean vague = cell.equals("yes") && line.ofCompany();
                if (!known || tooFar || tooNear || vague) {
                    wrong.add(line.endpoint() + " " + role + " " + cell);
                }
            });
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void for_every_endpoint_that_takes_a_body_there_is_one_to_try_it_with() {
        assertThat(ENDPOINTS.stream().filter(Endpoint::takesBody).map(Endpoint::name))
                .allSatisfy(name -> assertThat(RoleMatrix.bodies().fieldNames()).contains(name));
    }

    private static Set<String> allowed(Line line) {
        return line.cells().entrySet().stream()
                .filter(cell -> !cell.getValue().equals("-"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
