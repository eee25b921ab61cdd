package io.centurions.backoffice.contract;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A contract that somebody wants for a deal; what it is worth and whose it is comes from the deal.
 *
 * @param fields     a value for each field of the template
 * @param signers    {@code {name, email?, phone?, delivery?}}, checked by autentique-service
 * @param deadlineAt until when it can be signed; left out: for ever
 */
public record NewContract(
        @NotNull UUID templateId,
        @Size(max = 200) Map<String, String> fields,
        @NotEmpty @Size(max = 20) List<@NotNull JsonNode> signers,
        Instant deadlineAt) {

    public NewContract {
        fields = fields == null ? Map.of() : fields;
    }
}
