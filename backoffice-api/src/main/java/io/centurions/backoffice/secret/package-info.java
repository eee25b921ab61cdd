/**
 * Secrets of a company, and the keys under which everything sealed is sealed. A value goes in and never comes
 * out: what is shown is a name and dates. Knows none of the providers that the secrets are for.
 */
package io.centurions.backoffice.secret;
