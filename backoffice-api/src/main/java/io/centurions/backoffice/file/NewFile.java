package io.centurions.backoffice.file;

/**
 * What somebody says of a file that they send.
 *
 * @param name    shown to people and proposed to whoever saves it; path and control characters are taken out
 * @param purpose one word, to look for
 */
record NewFile(String name, String purpose) {

    private static final String NAMELESS = "file";
    private static final String OTHER = "other";
    private static final int NAME_MAX = 200;

    static NewFile of(String name, String purpose) {
        String clean =
                name == null ? "" : name.replaceAll("[\\p{Cntrl}/\\\\]", "_").strip();
        String whole = clean.isEmpty() ? NAMELESS : clean;
        return new NewFile(
                whole.substring(0, Math.min(whole.length(), NAME_MAX)),
                purpose == null || purpose.isBlank() ? OTHER : purpose);
    }
}
