/**
 * Secrets at rest. Promises that what is stored is useless without the key ring and cannot be moved to another company or
 * name, and that a company's configuration reaches nothing in the installation's vault but its own part and the
 * shared one, and for its model no key and no address but those that the installation allows; hands plaintext only
 * to the caller that sends it to its provider. Knows no table.
 */
package io.centurions.platform.secrets;
