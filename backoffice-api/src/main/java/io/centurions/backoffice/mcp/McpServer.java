package io.centurions.backoffice.mcp;

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
import java.util.HashSet;
import java.util.List;

/**
 * A server that speaks the Model Context Protocol.
 *
 * @param transport    left out: {@code streamable_http}
 * @param allowedTools by the server's names; empty: none is used until somebody allows it
 * @param timeoutMs    of one call; left out: 10000
 */
public record McpServer(
        @NotNull @Pattern(regexp = "https?://[^\\s]{3,990}") String url,
        @Pattern(regexp = "streamable_http|sse") String transport,
        @Valid Credential auth,
        @Size(max = 100) List<@NotBlank @Size(max = 128) String> allowedTools,
        @Min(100) @Max(60_000) Integer timeoutMs)
        implements Checked {

    public McpServer {
        transport = transport == null ? "streamable_http" : transport;
        auth = auth == null ? Credential.NONE : auth;
        allowedTools = allowedTools == null ? List.of() : allowedTools;
        timeoutMs = timeoutMs == null ? 10_000 : timeoutMs;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(Finding.under("/auth", auth.findings()));
        findings.addAll(Credential.inAddress(url));
        var seen = new HashSet<String>();
        for (int index = 0; index < allowedTools.size(); index++) {
            if (!seen.add(allowedTools.get(index))) {
                findings.add(new Finding("/allowedTools/" + index, "it is there twice"));
            }
        }
        return findings;
    }

    @Override
    public List<String> secretNames() {
        return auth.secretNames();
    }
}
