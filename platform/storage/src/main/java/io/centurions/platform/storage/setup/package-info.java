/**
 * Which storage an installation has. Promises that it is chosen at start and that a missing setting is named.
 */
package io.centurions.platform.storage.setup;
