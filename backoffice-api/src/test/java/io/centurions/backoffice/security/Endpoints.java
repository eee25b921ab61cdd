package io.centurions.backoffice.security;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the endpoints of this service say of themselves in annotations. */
final class Endpoints {

    private Endpoints() {}

    /**
     * One of them.
     *
     * @param allowed columns of the matrix
     */
    record Endpoint(String method, String path, Set<String> allowed, boolean takesBody) {

        String name() {
            return method + " " + path;
        }
    }

    static List<Endpoint> all() {
        List<Endpoint> all = new ArrayList<>();
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.centurions").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class) && !type.isInterface())
                        .map(JavaClass::reflect)
                        .forEach(resource -> all.addAll(of(resource)));
        return all;
    }

    private static List<Endpoint> of(Class<?> resource) {
        String base = resource.getAnnotation(Path.class).value();
        return Arrays.stream(resource.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .flatMap(method -> verbs(method).stream()
                        .map(verb -> new Endpoint(
                                verb,
                                base
                                        + (method.isAnnotationPresent(Path.class)
                                                ? method.getAnnotation(Path.class)
                                                        .value()
                                                : ""),
                                allowed(resource, method),
                                method.isAnnotationPresent(Consumes.class))))
                .toList();
    }

    private static List<String> verbs(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(HttpMethod::value)
                .toList();
    }

    // What stands at the method counts; only where nothing does, what stands at the class.
    private static Set<String> allowed(Class<?> resource, Method method) {
        Set<String> own = allowed(method);
        return own != null ? own : orNone(allowed((AnnotatedElement) resource));
    }

    private static Set<String> orNone(Set<String> allowed) {
        return allowed == null ? Set.of() : allowed;
    }

    private static Set<String> allowed(AnnotatedElement where) {
        if (has(where, PermitAll.class)) {
            return everybody(RoleMatrix.SIGNED_IN, RoleMatrix.NOBODY);
        }
        if (has(where, Authenticated.class)) {
            return everybody(RoleMatrix.SIGNED_IN);
        }
        RolesAllowed roles = where.getAnnotation(RolesAllowed.class);
        return roles == null ? null : new TreeSet<>(Arrays.asList(roles.value()));
    }

    private static boolean has(AnnotatedElement where, Class<? extends Annotation> annotation) {
        return where.isAnnotationPresent(annotation);
    }

    private static Set<String> everybody(String... more) {
        Set<String> all = new TreeSet<>(Roles.ALL);
        all.addAll(Arrays.asList(more));
        return all;
    }
}
