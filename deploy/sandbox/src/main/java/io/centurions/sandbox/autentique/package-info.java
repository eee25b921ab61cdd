/**
 * Autentique v2, simulated under {@code /autentique}: the GraphQL calls of a document's life, the page behind a signing
 * link, and the signed webhooks of a live endpoint. Field names are the vendor's and stop here.
 */
package io.centurions.sandbox.autentique;
