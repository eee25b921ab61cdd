/**
 * The texts that contracts are made from. Promises that a version never changes once it is written; hands on the filled
 * text and its printed form. Must not know contracts, signers or the provider.
 */
package io.centurions.autentique.template;
