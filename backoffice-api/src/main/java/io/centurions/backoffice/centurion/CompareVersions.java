package io.centurions.backoffice.centurion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Lays two states of a Centurion's configuration side by side. */
@ApplicationScoped
class CompareVersions {

    private final CenturionRepository centurions;
    private final VersionRepository versions;
    private final ObjectMapper json;

    CompareVersions(CenturionRepository centurions, VersionRepository versions, ObjectMapper json) {
        this.centurions = centurions;
        this.versions = versions;
        this.json = json;
    }

    /** @param from a version's number, {@code published} or {@code draft}; the same for {@code to} */
    List<ConfigChange> between(Tx tx, UUID id, String from, String to) {
        var centurion = centurions.find(tx, id).orElseThrow(() -> Problem.notFound("centurion"));
        return ConfigChange.between(state(tx, centurion, from), state(tx, centurion, to));
    }

    private JsonNode state(Tx tx, CenturionView centurion, String wanted) {
        CenturionConfig config =
                switch (wanted) {
                    case "draft" -> centurion.draft();
                    case "published" -> centurion.published();
                    default ->
                        versions.find(tx, centurion.id(), number(wanted))
                                .map(CenturionVersion::config)
                                .orElse(null);
                };
        if (config == null) {
            throw Problem.notFound("version");
        }
        return json.valueToTree(config);
    }

    private static int number(String wanted) {
        if (!wanted.matches("[1-9][0-9]{0,8}")) {
            throw Problem.badRequest("version-unknown", "a version is a number, published or draft");
        }
        return Integer.parseInt(wanted);
    }
}
