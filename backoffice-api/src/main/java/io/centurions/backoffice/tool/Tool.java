package io.centurions.backoffice.tool;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.setting.Checked;
import io.centurions.backoffice.setting.Credential;
import io.centurions.backoffice.setting.Finding;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP call that the model may ask for.
 *
 * @param function         the name by which the model calls it
 * @param description      tells the model what it does and when to use it
 * @param headers          that every call carries; credentials belong into {@code auth}
 * @param input            JSON Schema of what the model must give: an object
 * @param output           JSON Schema of the answer; left out: it is taken as text
 * @param effect           {@code read}: may be repeated; {@code write}: changes something, and is never
 *                         repeated by itself
 * @param timeoutMs        left out: 5000
 * @param retries          left out: none
 * @param maxResponseBytes more is cut off; left out: 64 KiB
 */
public record Tool(
        @NotNull @Pattern(regexp = "[a-z][a-z0-9_]{0,63}") String function,
        @NotBlank @Size(max = 1_000) String description,

        @NotNull @Pattern(regexp = "GET|POST|PUT|PATCH|DELETE")
        String method,

        @NotNull @Pattern(regexp = "https?://[^\\s]{3,990}") String url,
        @Size(max = 20) Map<@NotBlank @Size(max = 60) String, @NotNull @Size(max = 500) String> headers,
        @Valid Credential auth,
        @NotNull JsonNode input,
        JsonNode output,
        @Pattern(regexp = "read|write") String effect,
        @Min(100) @Max(30_000) Integer timeoutMs,
        @Min(0) @Max(3) Integer retries,
        @Min(1_024) @Max(1_048_576) Integer maxResponseBytes)
        implements Checked {

    private static final List<String> CREDENTIAL_HEADERS =
            List.of("authorization", "proxy-authorization", "cookie", "x-api-key", "api-key");

    public Tool {
        headers = headers == null ? Map.of() : headers;
        auth = auth == null ? Credential.NONE : auth;
        effect = effect == null ? "GET".equals(method) ? "read" : "write" : effect;
        timeoutMs = timeoutMs == null ? 5_000 : timeoutMs;
        retries = retries == null ? 0 : retries;
        maxResponseBytes = maxResponseBytes == null ? 65_536 : maxResponseBytes;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(Finding.under("/auth", auth.findings()));
        findings.addAll(Credential.inAddress(url));
        if (!isObjectSchema(input)) {
            findings.add(new Finding("/input", "it must be a JSON Schema of an object"));
        }
        if (output != null && !output.isNull() && !output.isObject()) {
            findings.add(new Finding("/output", "it must be a JSON Schema"));
        }
        if (effect.equals("write") && retries > 0) {
            findings.add(new Finding("/retries", "a call that changes something is not repeated"));
        }
        if (headers.keySet().stream().anyMatch(name -> CREDENTIAL_HEADERS.contains(name.toLowerCase(Locale.ROOT)))) {
            findings.add(new Finding("/headers", "credentials belong into auth, by the name of a secret"));
        }
        return findings;
    }

    @Override
    public List<String> secretNames() {
        return auth.secretNames();
    }

    private static boolean isObjectSchema(JsonNode schema) {
        return schema.isObject() && schema.path("type").asText().equals("object");
    }
}
