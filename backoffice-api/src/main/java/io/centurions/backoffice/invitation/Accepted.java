package io.centurions.backoffice.invitation;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an accepted invitation made of a person.
 *
 * @param companyId where; null: at the holding
 * @param role      what they may do there from now on
 */
@Schema(name = "AcceptedInvitation")
public record Accepted(UUID personId, UUID companyId, String role) {}
