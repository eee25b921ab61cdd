package io.centurions.backoffice.security;

import java.util.List;
import java.util.UUID;

/**
 * What a checked token says about a person, in our words.
 *
 * @param subject       the issuer's id of the person
 * @param role          one of {@link Roles#ALL}; null: none of ours
 * @param company       the one company they belong to; null: none, or nothing that could be one
 * @param permissions   as they stand there
 * @param email         in small letters; null: not told
 * @param emailVerified whether the issuer vouches for it
 */
record Claims(
        String subject, String role, UUID company, List<String> permissions, String email, boolean emailVerified) {}
