/**
 * Secrets at rest. Promises that what is stored is useless without the key ring and cannot be moved to another company or
 * name; hands plaintext only to the caller that sends it to its provider. Knows no table.
 */
package io.centurions.platform.secrets;
