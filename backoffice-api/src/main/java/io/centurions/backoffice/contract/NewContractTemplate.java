package io.centurions.backoffice.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * The text of a contract; it goes on to autentique-service as it is.
 *
 * @param name   becomes the document's name
 * @param body   plain text with {@code {{fields}}}
 * @param fields the names the text has, to be checked; may be left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NewContractTemplate(
        @NotBlank @Size(min = 3, max = 120) String name,
        @NotBlank @Size(max = 200_000) String body,
        @Size(max = 200) List<@NotBlank String> fields) {}
