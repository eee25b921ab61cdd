/**
 * An OpenID issuer for people and services of the fleet, under {@code /oidc}: discovery, keys, tokens, a sign-in page.
 * Its passwords are written in its README; it must never be trusted outside a sandbox.
 */
package io.centurions.sandbox.oidc;
