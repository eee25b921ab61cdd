package io.centurions.local.plan;

import io.centurions.local.place.Trouble;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A PostgreSQL address in the two spellings that are needed.
 *
 * @param place    host, port, database and options: what follows {@code postgresql://} without the login
 * @param user     the login in the address; a pooler's may carry its tenant after a dot
 * @param password its password, empty when none is given
 */
public record DatabaseAddress(String place, String user, String password) {

    public static DatabaseAddress parse(String name, String text) {
        String plain = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
        URI uri;
        try {
            uri = URI.create(plain);
        } catch (IllegalArgumentException e) {
            throw malformed(name, e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.startsWith("postgres")
                || uri.getHost() == null
                || uri.getPath() == null
                || uri.getPath().length() < 2) {
            throw malformed(name, null);
        }
        String login = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = login.indexOf(':');
        String user = colon < 0 ? login : login.substring(0, colon);
        String password = colon < 0 ? "" : login.substring(colon + 1);
        if (user.isEmpty()) {
            throw malformed(name, null);
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new DatabaseAddress(uri.getHost() + port + uri.getRawPath() + query, decode(user), decode(password));
    }

    public String jdbc() {
        return "jdbc:postgresql://" + place;
    }

    /** As a service takes it: without a login, because it has its own. */
    public String forServices() {
        return "postgresql://" + place;
    }

    /** The login of a service through the same door: a pooler that serves several tenants wants the tenant in it. */
    public String login(String role) {
        int dot = user.indexOf('.');
        return dot < 0 ? role : role + user.substring(dot);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    // The address itself is not repeated: it holds a password.
    private static Trouble malformed(String name, Exception cause) {
        return new Trouble(name + " must read postgresql://user:password@host:port/database", cause);
    }
}
