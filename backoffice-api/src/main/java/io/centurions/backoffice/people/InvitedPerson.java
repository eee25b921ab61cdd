package io.centurions.backoffice.people;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A person and what they need to come in.
 *
 * @param invitationToken to be handed to the person; told this once, null in the answer to a repeated request
 */
public record InvitedPerson(@JsonUnwrapped PersonView person, String invitationToken) {

    /** Never the token: this may end in a log. */
    @Override
    public String toString() {
        return "the invitation of person " + person.id();
    }
}
