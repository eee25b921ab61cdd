/**
 * Normalises what identifies a person by the rules that Meta documents, and hashes it. Nothing readable leaves it.
 * Pure; must not know leads or conversions.
 */
package io.centurions.capi.identity;
