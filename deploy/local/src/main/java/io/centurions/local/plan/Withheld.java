package io.centurions.local.plan;

import java.util.Set;

/**
 * What no process inherits from the shell: addresses with a login, keys, and what changes how a JVM starts. Each process is
 * given what it needs of them by {@link Environments}, and nothing of what its neighbours need.
 */
public final class Withheld {

    public static final Set<String> NAMES = Set.of(
            "DATABASE_URL",
            "DATABASE_DIRECT_URL",
            "DATABASE_USER",
            "DATABASE_PASSWORD",
            "DATABASE_ADMIN_USER",
            "DATABASE_ADMIN_PASSWORD",
            "REDIS_URL",
            "SECRETS_KEYRING",
            "OIDC_ISSUER",
            "OIDC_CLIENT_ID",
            "OIDC_CLIENT_SECRET",
            "VAULT_ADDR",
            "VAULT_TOKEN",
            "VAULT_TOKEN_FILE",
            "VAULT_NAMESPACE",
            "STORAGE_SIGNING_KEY",
            "S3_ACCESS_KEY",
            "S3_SECRET_KEY",
            "EVOLUTION_API_URL",
            "EVOLUTION_API_KEY",
            "TELEGRAM_API_URL",
            "TELEGRAM_BOT_TOKEN",
            "TELEGRAM_MODE",
            "INSTAGRAM_GRAPH_URL",
            "INSTAGRAM_ACCOUNT_ID",
            "META_GRAPH_URL",
            "META_ACCESS_TOKEN",
            "META_APP_SECRET",
            "META_PROOF_SECRET",
            "META_VERIFY_TOKEN",
            "AUTENTIQUE_URL",
            "AUTENTIQUE_TOKEN",
            "AUTENTIQUE_WEBHOOK_SECRET",
            "OPENAI_API_KEY",
            "OPENAI_BASE_URL",
            "OPENAI_MODEL",
            "ANTHROPIC_API_KEY",
            "OLLAMA_API_KEY",
            "OLLAMA_BASE_URL",
            "WEBHOOK_BASE_URL",
            "JAVA_TOOL_OPTIONS",
            "_JAVA_OPTIONS");

    private Withheld() {}
}
