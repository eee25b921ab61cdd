package io.centurions.platform.secrets;

import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.Set;

/** What the installation lets a company's configuration name for its model; every service that asks is told alike. */
public interface AllowedModels {

    /**
     * Names that a company's {@code env:} reference may use while it leaves the address to the installation. Anything else would
     * let a configuration read any secret of the process that asks the model.
     */
    @WithDefault("OPENAI_API_KEY,ANTHROPIC_API_KEY,OLLAMA_API_KEY")
    Set<String> keyNames();

    /**
     * Names that an {@code env:} reference may use together with an address that the company typed: whatever stands here can be
     * sent to any server by anybody who edits a Centurion. None unless set.
     */
    Optional<Set<String>> keyNamesForTypedAddresses();

    /**
     * Hosts, as {@code host} or {@code host:port}, that a company may type although they are not public or speak plain http. The
     * installation's own addresses of OpenAI and Ollama count as listed, with their ports.
     */
    Optional<Set<String>> allowedHosts();
}
