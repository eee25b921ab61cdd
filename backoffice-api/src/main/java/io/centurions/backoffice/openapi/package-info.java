/**
 * The OpenAPI document: what the endpoints' methods and types cannot tell of themselves, from written tables.
 * Promises that everybody who reads {@code /q/openapi} sees each endpoint's refusals, headers, roles and an
 * example. Used when the service is built, never while it runs.
 */
package io.centurions.backoffice.openapi;
