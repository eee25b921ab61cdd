package io.centurions.platform.secrets;

import io.centurions.contracts.id.CompanyId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a secret lies in the installation's vault: {@code vault:companies/<company>/path#field}, which nothing
 * but that company's configuration reaches, or {@code vault:shared/path#field}.
 *
 * @param path  below our folder
 * @param field of what lies there
 */
public record VaultReference(String path, String field) {

    private static final String SCHEME = "vault:";
    private static final String SHARED = "shared/";
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]{1,100}(/[A-Za-z0-9_-]{1,100}){1,8}");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    /** Whether a reference means the vault, rightly written or not. */
    public static boolean isMeantBy(String reference) {
        return reference.startsWith(SCHEME);
    }

    /** Empty when it is wrongly written, or points into another company's part. */
    public static Optional<VaultReference> of(CompanyId company, String reference) {
        int mark = reference.indexOf('#');
        if (!isMeantBy(reference) || mark < 0) {
            return Optional.empty();
        }
        String path = reference.substring(SCHEME.length(), mark);
        String field = reference.substring(mark + 1);
        boolean written = PATH.matcher(path).matches() && FIELD.matcher(field).matches();
        boolean theirs = path.startsWith(SHARED) || path.startsWith("companies/" + company.value() + "/");
        return written && theirs ? Optional.of(new VaultReference(path, field)) : Optional.empty();
    }

    /** Whether every company's configuration may name it. */
    public boolean shared() {
        return path.startsWith(SHARED);
    }

    /** As it is written in a configuration. */
    @Override
    public String toString() {
        return SCHEME + path + "#" + field;
    }
}
