/**
 * Bearer tokens of any OpenID issuer, the same for every service that is called by people or by other services. Promises
 * problem+json for every refusal, 503 while the issuer is away, and that a calling service is known by its own
 * client at the issuer. Knows no endpoint and no person's role.
 */
package io.centurions.platform.access;
