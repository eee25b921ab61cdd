package io.centurions.platform.testkit.doors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * An endpoint of the module under test that is not open to the world, as its annotations show it. Webhooks are
 * open: who may send them is told by a signature.
 *
 * @param callers the roles that it lets in; empty when it names none
 */
public record Door(String verb, String path, Set<String> callers) {

    private static final String PATH = "jakarta.ws.rs.Path";
    private static final String ROLES_ALLOWED = "jakarta.annotation.security.RolesAllowed";
    private static final List<String> SAYS_WHO =
            List.of(ROLES_ALLOWED, "jakarta.annotation.security.PermitAll", "io.quarkus.security.Authenticated");
    private static final Set<String> VERBS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    /** Every one of them. */
    public static List<Door> all() {
        return new ClassFileImporter()
                .importPath(Path.of("target", "classes")).stream()
                        .filter(type -> type.isAnnotatedWith(PATH) && !type.isInterface())
                        .flatMap(type -> type.getMethods().stream().flatMap(method -> of(type, method)))
                        .filter(door -> !door.path().startsWith("/webhooks/"))
                        .toList();
    }

    /** Where to knock: things that are named in the address exist nowhere. */
    String address() {
        return path.replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
    }

    boolean takesBody() {
        return !verb.equals("GET") && !verb.equals("DELETE");
    }

    @Override
    public String toString() {
        return verb + " " + path;
    }

    private static Stream<Door> of(JavaClass type, JavaMethod method) {
        return method.getAnnotations().stream()
                .map(annotation -> annotation.getRawType().getFullName())
                .filter(name -> name.startsWith("jakarta.ws.rs."))
                .map(name -> name.substring("jakarta.ws.rs.".length()))
                .filter(VERBS::contains)
                .map(verb ->
                        new Door(verb, (path(type) + "/" + path(method)).replaceAll("/+", "/"), callers(type, method)));
    }

    // What stands at the method counts; only where nothing does, what stands at the class.
    private static Set<String> callers(JavaClass type, JavaMethod method) {
        return SAYS_WHO.stream().anyMatch(method::isAnnotatedWith) ? roles(method) : roles(type);
    }

    private static Set<String> roles(HasAnnotations<?> place) {
        Set<String> roles = new TreeSet<>();
        place.tryGetAnnotationOfType(ROLES_ALLOWED)
                .flatMap(rule -> rule.get("value"))
                .ifPresent(named ->
                        Arrays.stream((Object[]) named).map(Object::toString).forEach(roles::add));
        return roles;
    }

    private static String path(HasAnnotations<?> place) {
        return place.tryGetAnnotationOfType(PATH)
                .flatMap(path -> path.get("value"))
                .map(Object::toString)
                .orElse("");
    }
}
