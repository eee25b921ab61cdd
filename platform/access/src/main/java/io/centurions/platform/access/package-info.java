/**
 * Bearer tokens of any OpenID issuer, the same for every service that is called by people or by other services. Promises
 * problem+json for every refusal, and 503 while the issuer is away. Knows no role and no endpoint.
 */
package io.centurions.platform.access;
