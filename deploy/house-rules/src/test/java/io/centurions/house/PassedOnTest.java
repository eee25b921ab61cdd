package io.centurions.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What backoffice-api passes on to another service and answers as it comes is described in its OpenAPI document from a
 * file written by hand ({@code META-INF/openapi.yaml}): its fields are those of the record that the other service has.
 */
class PassedOnTest {

    private static final String AUTENTIQUE = "autentique-service/target/classes";
    private static final String CONTRACT = "io.centurions.autentique.contract.ContractView";
    private static final String TEMPLATE = "io.centurions.autentique.template.TemplateResource";
    private static final String REBUILT = "io.centurions.platform.webhooks.RebuildWindow$Account";

    @Test
    void the_fields_that_are_described_are_those_of_the_other_services_record() throws IOException {
        JsonNode schemas = new ObjectMapper()
                .readTree(Sources.text(Sources.ROOT.resolve("backoffice-api/openapi.json")))
                .at("/components/schemas");

        Map.of(
                        "Contract", CONTRACT,
                        "ContractSigner", CONTRACT + "$SignerView",
                        "ContractTemplate", TEMPLATE + "$TemplateView",
                        "NewContractTemplate", TEMPLATE + "$TemplateRequest")
                .forEach((schema, record) ->
                        assertThat(described(schemas, schema)).as(schema).isEqualTo(fields(AUTENTIQUE, record)));
        assertThat(described(schemas, "Rebuilt")).isEqualTo(fields("platform/webhooks/target/classes", REBUILT));
    }

    private static Set<String> described(JsonNode schemas, String schema) {
        Set<String> names = new TreeSet<>();
        schemas.path(schema).path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> fields(String folder, String record) {
        Set<String> names = new TreeSet<>();
        for (JavaField field : new ClassFileImporter()
                .importPath(Sources.ROOT.resolve(folder))
                .get(record)
                .getFields()) {
            if (!field.getModifiers().contains(JavaModifier.STATIC)) {
                names.add(field.getName());
            }
        }
        return names;
    }
}
