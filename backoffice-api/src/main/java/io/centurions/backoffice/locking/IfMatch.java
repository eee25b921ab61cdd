package io.centurions.backoffice.locking;

import io.centurions.platform.problem.Problem;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The state of a thing that a change was made for, as the header {@code If-Match} tells it: one or more
 * versions in quotes, or {@code *} for whatever it is now. Compare it with a version that was read {@code FOR
 * UPDATE} in the transaction of the change.
 */
public final class IfMatch {

    private static final IfMatch ANY = new IfMatch(true, Set.of());
    private static final Pattern STRONG = Pattern.compile("\"([0-9]{1,9})\"");
    // RFC 9110: a weak tag is well-formed and never matches here.
    private static final Pattern WEAK = Pattern.compile("W/\"[^\"]*\"");

    private final boolean any;
    private final Set<Integer> versions;

    private IfMatch(boolean any, Set<Integer> versions) {
        this.any = any;
        this.versions = versions;
    }

    /**
     * Reads the header of a change that must say what it was made for.
     *
     * @param header as it came; 428 when there is none, 400 {@code if-match-invalid} when it holds no version
     */
    public static IfMatch of(String header) {
        if (header == null || header.isBlank()) {
            throw Problem.preconditionRequired("If-Match with the ETag that was read is needed, or * for any");
        }
        return read(header);
    }

    /** The same for a change that was possible before versions were: without the header any state will do. */
    public static IfMatch optional(String header) {
        return header == null || header.isBlank() ? ANY : read(header);
    }

    /** 412 {@code version-stale} when the thing is no longer what the change was made for. */
    public void check(int current) {
        if (!any && !versions.contains(current)) {
            throw Problem.preconditionFailed(
                    "version-stale", "it was changed meanwhile: its version is now " + current);
        }
    }

    private static IfMatch read(String header) {
        if (header.strip().equals("*")) {
            return ANY;
        }
        Set<Integer> versions = new TreeSet<>();
        for (String part : header.split(",")) {
            String tag = part.strip();
            var strong = STRONG.matcher(tag);
            if (strong.matches()) {
                versions.add(Integer.valueOf(strong.group(1)));
            } else if (!WEAK.matcher(tag).matches()) {
                throw Problem.badRequest(
                        "if-match-invalid", "If-Match is a version in quotes, as the ETag gave it, or *");
            }
        }
        return new IfMatch(false, versions);
    }
}
