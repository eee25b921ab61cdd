/**
 * Autentique, and the only place that knows its fields: the GraphQL client, its documents, its webhooks as they come.
 * Promises our words on both sides; hands on results and notices. Must not know rows, companies or transactions.
 */
package io.centurions.autentique.autentique;
