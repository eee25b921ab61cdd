/**
 * Finds in PostgreSQL the facts that Meta should be told of although their event was lost, and conversions that nobody sends.
 * Promises that a lost event costs seconds; the keys of the rows see to it that a fact is told once. Must not decide anything itself.
 */
package io.centurions.capi.sweep;
