package io.centurions.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know whom, over the compiled classes of every module. */
class DependencyRulesTest {

    private static final Map<String, String> SERVICES = Map.of(
            "backoffice-api", "io.centurions.backoffice..",
            "agent-runtime", "io.centurions.runtime..",
            "evolution-manager", "io.centurions.evolution..",
            "autentique-service", "io.centurions.autentique..",
            "capi-dispatcher", "io.centurions.capi..");

    private static final List<String> OTHERS = List.of(
            "contracts",
            "platform/migrate",
            "platform/tenancy",
            "platform/outbox",
            "platform/streams",
            "platform/webhooks",
            "platform/secrets",
            "platform/storage",
            "platform/problem",
            "platform/readiness",
            "platform/providers",
            "platform/loops",
            "platform/access",
            "platform/intake",
            "platform/jobs");

    private static JavaClasses classes;

    @BeforeAll
    static void read_what_was_built() {
        List<Path> folders = java.util.stream.Stream.concat(SERVICES.keySet().stream(), OTHERS.stream())
                .map(module -> Sources.ROOT.resolve(module).resolve("target/classes"))
                .toList();
        assertThat(folders)
                .as("every module is built before its rules are checked")
                .allMatch(Files::isDirectory);
        classes = new ClassFileImporter().importPaths(folders);
        assertThat(classes.size()).isGreaterThan(100);
    }

    @Test
    void no_service_knows_another_service() {
        for (String own : SERVICES.values()) {
            for (String other : SERVICES.values()) {
                if (!own.equals(other)) {
                    noClasses()
                            .that()
                            .resideInAPackage(own)
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(other)
                            .check(classes);
                }
            }
        }
    }

    @Test
    void contracts_depend_on_nothing() {
        noClasses()
                .that()
                .resideInAPackage("io.centurions.contracts..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("io.centurions.contracts..", "java..")
                .check(classes);
    }

    @Test
    void the_platform_knows_no_service() {
        noClasses()
                .that()
                .resideInAPackage("io.centurions.platform..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVICES.values().toArray(String[]::new))
                .check(classes);
    }

    @Test
    void the_database_is_reached_through_tenancy_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.centurions.platform.tenancy..", "io.centurions.platform.migrate..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.mutiny.sqlclient..", "java.sql..", "javax.sql..")
                .check(classes);
    }

    @Test
    void no_two_features_of_a_service_know_each_other_in_a_circle() {
        for (String service : SERVICES.values()) {
            slices().matching(service.replace("..", ".(*).."))
                    .should()
                    .beFreeOfCycles()
                    .check(classes);
        }
    }

    @Test
    void http_stays_at_the_edges() {
        // Two more are edges by nature: query parameters as a bean, and reading what a neighbour's client was answered.
        noClasses()
                .that()
                .resideInAnyPackage(SERVICES.values().toArray(String[]::new))
                .and()
                .haveSimpleNameNotEndingWith("Resource")
                .and()
                .haveSimpleNameNotEndingWith("Client")
                .and()
                .haveSimpleNameNotEndingWith("Filter")
                .and()
                .haveSimpleNameNotEndingWith("Mapper")
                .and()
                .haveSimpleNameNotEndingWith("Mappers")
                .and()
                .doNotHaveFullyQualifiedName("io.centurions.backoffice.paging.PageAsk")
                .and()
                .doNotHaveFullyQualifiedName("io.centurions.backoffice.neighbour.Ask")
                .and()
                .resideOutsideOfPackage("..security..")
                .and()
                .areTopLevelClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .check(classes);
    }
}
