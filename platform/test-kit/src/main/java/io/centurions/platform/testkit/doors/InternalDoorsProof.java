package io.centurions.platform.testkit.doors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.testkit.Operators;
import io.restassured.http.ContentType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Only the services that a door names come in by it. A service's own test says no more than which servers it
 * needs; the sandbox must be the issuer.
 */
public abstract class InternalDoorsProof {

    private final List<Door> doors = Door.all();

    @Test
    public void every_door_names_the_services_that_may_come_in() {
        List<String> ours = Stranger.SERVICES.stream()
                .map(service -> Stranger.ROLE_PREFIX + service)
                .toList();

        assertThat(doors)
                .isNotEmpty()
                .allSatisfy(door ->
                        assertThat(door.callers()).as("%s", door).isNotEmpty().isSubsetOf(ours));
    }

    @Test
    public void whoever_is_no_service_of_ours_stays_outside() {
        List<String> wrong = new ArrayList<>();
        for (String friend : friends()) {
            for (Stranger stranger : Stranger.to(friend)) {
                for (Door door : doors) {
                    int answer = knock(door, stranger.token());
                    if (answer != stranger.refusedWith()) {
                        wrong.add(door + " answered " + answer + " to " + stranger.who());
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    public void a_service_comes_in_where_it_is_named_and_nowhere_else() {
        List<String> wrong = new ArrayList<>();
        for (String service : Stranger.SERVICES) {
            String token = Stranger.tokenOf(service);
            for (Door door : doors) {
                boolean named = door.callers().contains(Stranger.ROLE_PREFIX + service);
                int answer = knock(door, token);
                if (named ? answer == 401 || answer == 403 : answer != 403) {
                    wrong.add(door + " answered " + answer + " to " + service);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    public void every_answer_tells_browsers_to_be_careful() {
        for (String path : List.of("/nowhere", doors.getFirst().address(), "/q/openapi")) {
            var answer = given().get(path);
            assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).as(path).isEqualTo("DENY");
        }
    }

    /** Readiness names doors, figures name companies: neither is said where whoever sends webhooks may ask. */
    @Test
    public void what_operators_see_is_not_told_where_others_knock() {
        for (String path : List.of("/q/health", "/q/health/ready", "/q/health/live", "/q/metrics")) {
            given().get(path).then().statusCode(404);
        }
        assertThat(Operators.liveness().statusCode()).isEqualTo(200);
    }

    private List<String> friends() {
        return doors.stream()
                .flatMap(door -> door.callers().stream())
                .map(role -> role.substring(Stranger.ROLE_PREFIX.length()))
                .distinct()
                .toList();
    }

    private static int knock(Door door, String token) {
        var request = given();
        if (token != null) {
            request = request.header("Authorization", "Bearer " + token);
        }
        if (door.takesBody()) {
            request = request.contentType(ContentType.JSON).body("{}");
        }
        return request.request(door.verb(), door.address()).statusCode();
    }
}
