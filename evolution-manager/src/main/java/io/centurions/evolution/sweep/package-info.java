/**
 * Finds in PostgreSQL what a lost event or a dead replica left behind, and sets it going. Promises that it costs seconds and that
 * nothing is done twice. Must not decide anything itself.
 */
package io.centurions.evolution.sweep;
