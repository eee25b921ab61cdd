package io.centurions.backoffice.file;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.net.URI;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A file and the way to it.
 *
 * @param url          reads it without a token, for whoever has it; relative to this API where it does not
 *                     know its own public address; null when the file is lost
 * @param urlExpiresAt from then on the address leads nowhere; null as the address
 */
public record LinkedFile(
        @JsonUnwrapped FileView view,
        @Schema(format = "uri-reference") URI url,
        Instant urlExpiresAt) {}
