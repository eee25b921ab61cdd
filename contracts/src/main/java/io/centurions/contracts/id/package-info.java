/** Typed identifiers. Knows nothing of what they identify. */
package io.centurions.contracts.id;
