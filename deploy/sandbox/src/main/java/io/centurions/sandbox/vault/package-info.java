/**
 * HashiCorp Vault's key-value store, version 2, under {@code /vault}, as far as the fleet reads it. One token
 * opens all. Keeps what it is given in memory and in plain words; it must never be trusted with a real secret.
 */
package io.centurions.sandbox.vault;
