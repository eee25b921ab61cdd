/**
 * Contracts from a text template to the signature. The packages in the order in which data flows: template, contract,
 * signing, autentique (the provider, and nothing else knows its fields), webhook.
 */
package io.centurions.autentique;
