package io.centurions.sandbox.calls;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells a call of the fleet to a provider from a call to the sandbox itself, and hides secrets that sit in paths. */
final class ProviderPath {

    private static final Set<String> PROVIDERS =
            Set.of("evolution", "instagram", "telegram", "autentique", "meta", "openai", "oidc", "vault");
    private static final Pattern CONTROL =
            Pattern.compile("^/[a-z]+/_sandbox/.*|^/autentique/(documents|assina)/.*|^/oidc/(authorize|logout)$");
    private static final Pattern BOT_TOKEN = Pattern.compile("/bot(\\d+)(?::|%3A)[^/]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET_QUERY =
            Pattern.compile("(access_token|appsecret_proof|client_secret|password|secret_token)=[^&]*");

    private ProviderPath() {}

    static Optional<String> provider(String path) {
        int end = path.indexOf('/', 1);
        String first = end < 0 ? "" : path.substring(1, end);
        return PROVIDERS.contains(first) && !CONTROL.matcher(path).matches() ? Optional.of(first) : Optional.empty();
    }

    static String withoutSecrets(String uri) {
        String hidden = BOT_TOKEN.matcher(uri).replaceAll("/bot$1:***");
        return SECRET_QUERY.matcher(hidden).replaceAll("$1=***");
    }
}
