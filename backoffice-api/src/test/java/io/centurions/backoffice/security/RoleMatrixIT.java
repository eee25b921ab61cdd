package io.centurions.backoffice.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.security.RoleMatrix.Line;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The written matrix against the running service: every endpoint, called as everybody, for the own company
 * and another one.
 */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class RoleMatrixIT {

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final JsonObject BODIES = RoleMatrix.bodies();

    private final Map<String, String> tokens = new HashMap<>();
    private UUID own;
    private UUID other;

    @BeforeEach
    void two_companies_and_somebody_of_each_role() {
        own = Api.aCompany("propria").id();
        other = Api.aCompany("alheia").id();
        for (String role : Roles.ALL) {
            tokens.put(role, Api.token(role, Roles.COMPANY.contains(role) ? own : null));
        }
        tokens.put(RoleMatrix.SIGNED_IN, Api.token("visitor", null));
    }

    @Test
    void the_running_service_has_no_endpoint_that_is_not_in_the_matrix() {
        var described = new JsonObject(given().accept(ContentType.JSON)
                .queryParam("format", "json")
                .get("/q/openapi")
                .asString());

        Set<String> running = new TreeSet<>();
        described
                .getJsonObject("paths")
                .forEach(path -> ((JsonObject) path.getValue())
                        .fieldNames().stream()
                                .filter(verb -> Set.of("get", "post", "put", "patch", "delete", "options")
                                        .contains(verb))
                                .forEach(verb -> running.add(verb.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(RoleMatrix.lines().stream().map(Line::endpoint).collect(Collectors.toSet()))
                .containsAll(running);
        assertThat(running).hasSizeGreaterThan(50);
    }

    @Test
    void whoever_is_not_named_is_refused_before_anything_is_looked_at() {
        List<String> wrong = new ArrayList<>();
        for (Line line : RoleMatrix.lines()) {
            for (String role : tokens.keySet()) {
                if (line.cell(role).equals("-")) {
                    expect(wrong, line, role, 403, call(line, role, own));
                    expect(wrong, line, role, 403, call(line, role, UUID.randomUUID()));
                }
            }
            if (line.cell(RoleMatrix.NOBODY).equals("-")) {
                expect(wrong, line, RoleMatrix.NOBODY, 401, call(line, RoleMatrix.NOBODY, own));
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void whoever_belongs_to_one_company_finds_it_and_no_other() {
        List<String> wrong = new ArrayList<>();
        for (Line line : RoleMatrix.lines()) {
            for (String role : Roles.COMPANY) {
                if (line.ofCompany() && line.cell(role).equals("own")) {
                    entered(wrong, line, role, call(line, role, own));
                    notFound(wrong, line, role, call(line, role, other));
                    notFound(wrong, line, role, call(line, role, UUID.randomUUID()));
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void whoever_is_the_holdings_finds_every_company_that_exists() {
        List<String> wrong = new ArrayList<>();
        for (Line line : RoleMatrix.lines()) {
            for (String role : Roles.HOLDING) {
                if (line.ofCompany() && line.cell(role).equals("any")) {
                    notFound(wrong, line, role, call(line, role, UUID.randomUUID()));
                    if (line.method().equals("GET")) {
                        entered(wrong, line, role, call(line, role, other));
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void what_belongs_to_no_company_is_open_to_those_who_are_named() {
        List<String> wrong = new ArrayList<>();
        for (Line line : RoleMatrix.lines()) {
            for (String role : line.cells().keySet()) {
                if (!line.ofCompany() && !line.cell(role).equals("-")) {
                    Response answer = call(line, role, own);
                    if (answer.statusCode() == 401 || answer.statusCode() == 403 || answer.statusCode() >= 500) {
                        wrong.add(told(line, role, "to be let in", answer));
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private Response call(Line line, String role, UUID company) {
        RequestSpecification request =
                role.equals(RoleMatrix.NOBODY) ? given().contentType(ContentType.JSON) : Api.with(tokens.get(role));
        if (BODIES.containsKey(line.endpoint())) {
            request.body(BODIES.getJsonObject(line.endpoint()).encode());
        }
        // Of any version: who may is decided before which one it is.
        return request.header("If-Match", "*").request(line.method(), address(line.path(), company));
    }

    private static String address(String path, UUID company) {
        return PARAMETER.matcher(path).replaceAll(found -> switch (found.group(1)) {
            case "companyId" -> company.toString();
            case "service" -> "agent-runtime";
            case "number" -> "1";
            case "name" -> "chave";
            case "formKey" -> "nao-existe";
            default -> UUID.randomUUID().toString();
        });
    }

    private static void expect(List<String> wrong, Line line, String role, int status, Response answer) {
        if (answer.statusCode() != status) {
            wrong.add(told(line, role, String.valueOf(status), answer));
        }
    }

    // A thing in it may be missing, the body may not suit what is there; the company itself was found.
    private static void entered(List<String> wrong, Line line, String role, Response answer) {
        int status = answer.statusCode();
        if (status == 401 || status == 403 || status >= 500 || companyNotFound(answer)) {
            wrong.add(told(line, role, "to enter", answer));
        }
    }

    private static void notFound(List<String> wrong, Line line, String role, Response answer) {
        if (!companyNotFound(answer)) {
            wrong.add(told(line, role, "404 company not found", answer));
        }
    }

    private static boolean companyNotFound(Response answer) {
        return answer.statusCode() == 404 && answer.asString().contains("company not found");
    }

    private static String told(Line line, String role, String expected, Response answer) {
        return line.endpoint() + " as " + role + ": expected " + expected + ", was " + answer.statusCode() + " "
                + answer.asString();
    }
}
