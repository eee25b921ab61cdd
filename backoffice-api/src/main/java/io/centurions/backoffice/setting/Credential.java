package io.centurions.backoffice.setting;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * How a call to somebody else's server is authorised: by a secret of the company, which is named here and
 * kept elsewhere.
 *
 * @param kind       {@code none}, {@code bearer}, {@code header} or {@code basic} (the secret is then {@code
 *                   user:password})
 * @param secretName of the company's secrets
 * @param header     which one carries the secret, for the kind {@code header}
 */
public record Credential(
        @NotNull @Pattern(regexp = "none|bearer|header|basic")
        String kind,

        @Pattern(regexp = "[a-z][a-z0-9_]{0,63}") String secretName,

        @Size(max = 60) @Pattern(regexp = "[A-Za-z][A-Za-z0-9-]*")
        String header) {

    /** Of a server that asks for none. */
    public static final Credential NONE = new Credential("none", null, null);

    /** What its kind needs and it does not have. */
    public List<Finding> findings() {
        if (!kind.equals("none") && secretName == null) {
            return List.of(new Finding("/secretName", "this kind needs the name of a secret"));
        }
        if (kind.equals("header") && header == null) {
            return List.of(new Finding("/header", "this kind needs the name of the header"));
        }
        return List.of();
    }

    /**
     * An address is shown to whoever may see the setting, and stands in logs: who calls is not written into
     * it.
     */
    public static List<Finding> inAddress(String url) {
        return url.matches("https?://[^/?#]*@.*")
                ? List.of(new Finding("/url", "credentials belong into auth, by the name of a secret"))
                : List.of();
    }

    /** The secret that must be there. */
    public List<String> secretNames() {
        return kind.equals("none") || secretName == null ? List.of() : List.of(secretName);
    }
}
